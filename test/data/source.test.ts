import { describe, expect, it } from 'vitest';
import { bare, bareNotice, programmeFiles, PROGRAMMES, sha256, valuesOf } from './files.ts';

/** SHA-256 of the published text without white space and without what `elisions` lists. */
const PUBLISHED: Record<string, string> = {
  'shanxi-2026': '7900324f2626337a3af611f6b2810c8533faaaf2f865832d1973c2e1b7b6aa02',
  luoyang: '57498ecaad7811e12255d3ad69c149941e18e0c9bf034285c872aec19ea9aee4',
};

describe.each(PROGRAMMES)('the notice of %s', (programme) => {
  it('is the published text, character by character', () => {
    expect(sha256(bareNotice(programme))).toBe(PUBLISHED[programme]);
  });

  it('does not contain what was cut out of it', () => {
    const listed = valuesOf('elisions', programmeFiles(programme).get('programme.yaml'));
    const cut = listed.flatMap(({ value }) => value as { text: string; reason: string }[]);
    expect(cut.filter((one) => bareNotice(programme).includes(bare(one.text)) || one.reason === '')).toEqual([]);
  });
});
