/** Whom a broadcast is for, among the enterprises of its cities that agreed to be seen. All conditions have to hold. */
export interface Audience {
  readonly programme: string;
  readonly cities: readonly string[];
  readonly verdict?: 'eligible' | 'ineligible' | 'undetermined';
  /** The papers are handed in; or they still have to be, which is not so of those who gave up. */
  readonly filed?: boolean;
  /** A state of the procedure. */
  readonly progress?: string;
  /** The name of a paper that is missing, the same on every list; `*` for any. */
  readonly lacks?: string;
  /** Has not written for so many days. */
  readonly unseenDays?: number;
  /** On the office's own list of firms. */
  readonly roster?: true;
}
