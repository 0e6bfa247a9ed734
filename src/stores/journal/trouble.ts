/** What is wrong with the directory, as far as an operator can do something about it. */
export type StoreTroubleKind = 'full' | 'disk' | 'permission' | 'place' | 'busy' | 'newer' | 'failed';

/** A journal holds what this release does not know. */
export class NewerJournal extends Error {
  constructor(kind: string) {
    super(`the journal holds a record of kind ${JSON.stringify(kind)}: it was written by a newer release`);
    this.name = 'NewerJournal';
  }
}

/** The directory cannot be opened. The message names it and the cause, never a key or a document. */
export class StoreTrouble extends Error {
  readonly trouble: StoreTroubleKind;
  readonly dir: string;
  /** The system's code; of a newer journal its name. */
  readonly code: string;

  constructor(trouble: StoreTroubleKind, dir: string, code: string, cause: unknown) {
    super(`the store in ${dir} cannot be opened: ${String(cause)}`, { cause });
    this.name = 'StoreTrouble';
    this.trouble = trouble;
    this.dir = dir;
    this.code = code;
  }
}

const KINDS: Readonly<Record<string, StoreTroubleKind>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'disk',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
  ENOTDIR: 'place',
  EEXIST: 'place',
  EISDIR: 'place',
  EMFILE: 'busy',
  ENFILE: 'busy',
};

/** The system's code of an error or of what caused it. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

/** The error of an opening as the operator's trouble; itself when it is none of theirs, but a lock or a bug. */
export function asTrouble(dir: string, error: unknown): unknown {
  if (error instanceof NewerJournal) return new StoreTrouble('newer', dir, error.name, error);
  const code = codeOf(error);
  return code === undefined ? error : new StoreTrouble(KINDS[code] ?? 'failed', dir, code, error);
}
