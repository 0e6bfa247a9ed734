import type { Codec } from '../../src/app/ports.ts';

/** The documents of the suite. Version 1 had `count` as text; `kind: 'broken'` is written but cannot be read again. */
export interface Sample {
  readonly version: 1 | 2;
  readonly kind?: 'broken';
  readonly count: number;
  readonly text?: string;
  readonly pending?: boolean;
  readonly due?: number;
  readonly places?: readonly string[];
}

/** A codec that upgrades version 1, and refuses what is not a document. */
export const sampleCodec: Codec<Sample> = {
  encode: (doc) => JSON.stringify(doc),
  decode(text) {
    const doc = JSON.parse(text) as Sample;
    if (doc.kind === 'broken') throw new Error('not a sample');
    return doc.version === 1 ? { ...doc, version: 2, count: doc.count * 100 } : doc;
  },
  marks: ({ pending = false, due, places }) => ({
    pending,
    ...(due !== undefined && { due }),
    ...(places && { places }),
  }),
};
