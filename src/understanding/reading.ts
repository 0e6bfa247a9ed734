/**
 * What a reader may find. "Doubtful" exists because the wrong amount or date in an application costs money:
 * where two meanings are plausible, the person chooses, not the program.
 */

/** Offsets [from, to) into `normalise(text)`, not into the raw text. */
export type Span = readonly [number, number];

export interface Option<T> {
  readonly value: T;
  /** Chinese, ready to be shown. */
  readonly label: string;
}

export type Read<T> = { readonly kind: 'read'; readonly value: T; readonly span: Span; readonly approx?: true };
/** `options` may be empty: then only a fresh answer helps. */
export type Doubtful<T> = { readonly kind: 'doubtful'; readonly options: readonly Option<T>[]; readonly why: string };
export type Rejected = { readonly kind: 'rejected'; readonly why: string };
export type None = { readonly kind: 'none' };
/** The person said that they do not know: an answer, unlike `none`. */
export type Unknown = { readonly kind: 'unknown'; readonly span: Span };

export type Reading<T> = Read<T> | Doubtful<T> | Rejected | None;

/** A reading and where it stands in a sentence. */
export interface Found<R> {
  readonly reading: R;
  readonly span: Span;
}

export const NONE: None = { kind: 'none' };

/** A value understood without doubt; `approx` when the person called it approximate. */
export function read<T>(value: T, span: Span, approx = false): Read<T> {
  return approx ? { kind: 'read', value, span, approx: true } : { kind: 'read', value, span };
}

/** Several plausible values; `why` is a short Chinese sentence. */
export function doubtful<T>(options: readonly Option<T>[], why: string): Doubtful<T> {
  return { kind: 'doubtful', options, why };
}

/** Understood, but it cannot be right; `why` tells the person kindly what is wrong. */
export function rejected(why: string): Rejected {
  return { kind: 'rejected', why };
}
