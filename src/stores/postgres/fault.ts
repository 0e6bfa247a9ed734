/** What is wrong with the database, as far as an operator can do something about it. */
export type DatabaseTrouble =
  | 'address'
  | 'unreachable'
  | 'login'
  | 'no-database'
  | 'permission'
  | 'secure'
  | 'encoding'
  | 'newer'
  | 'moving'
  | 'failed';

/** The database cannot be worked with. The message names place and code, never the password, a key or a document. */
export class DatabaseFault extends Error {
  readonly trouble: DatabaseTrouble;
  /** host:port/database. */
  readonly place: string;
  /** SQLSTATE, the system's code, or the name of the error. */
  readonly code: string;
  /** The same may go well a moment later. What became of the failed attempt is not said by this. */
  readonly passing: boolean;

  constructor(trouble: DatabaseTrouble, place: string, code: string, passing = false) {
    super(`database ${place}: ${trouble} (${code})`);
    this.name = 'DatabaseFault';
    this.trouble = trouble;
    this.place = place;
    this.code = code;
    this.passing = passing;
  }
}

/** The connection is gone, or never came about. */
const CONNECTION =
  /^(08...|57P0[123]|53300|ECONN.*|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
/** Rolled back by the server for the sake of others, or refused while a standby takes over. */
const ROLLED_BACK = /^(40001|40P01|55P03|25006)$/;
/** What the driver says without a code. */
const CONNECTION_WORDS = /connection terminated|timeout|not queryable|socket|connection error/i;
const LOGIN_WORDS = /SASL|password/i;
const SECURE_WORDS = /SSL|certificate/i;

/** The code of an error: SQLSTATE, the system's, or its name. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (CONNECTION.test(code) || ROLLED_BACK.test(code)) return true;
  return code === 'Error' && error instanceof Error && CONNECTION_WORDS.test(error.message);
}

function troubleOf(error: unknown): DatabaseTrouble {
  const code = codeOf(error);
  const words = error instanceof Error ? error.message : '';
  if (/^28/.test(code)) return 'login';
  if (code === '3D000') return 'no-database';
  if (code === '42501') return 'permission';
  if (/CERT|SSL|TLS/.test(code)) return 'secure';
  if (code === 'ERR_INVALID_URL' || code === 'URIError') return 'address';
  if (isPassing(error)) return 'unreachable';
  // Without a code it is the driver itself that gave up.
  if (code !== 'Error') return 'failed';
  if (LOGIN_WORDS.test(words)) return 'login';
  return SECURE_WORDS.test(words) ? 'secure' : 'failed';
}

/** The fault for an error of the driver, whose own words may quote a key or the address. */
export function databaseFault(error: unknown, place: string): DatabaseFault {
  if (error instanceof DatabaseFault) return error;
  return new DatabaseFault(troubleOf(error), place, codeOf(error), isPassing(error));
}
