/** How often and how long apart something is tried again. */
export interface Retry {
  /** Before the second attempt; each further wait is twice as long. */
  readonly firstMs: number;
  /** The longest wait. */
  readonly capMs: number;
  /** After so many attempts it is given up. */
  readonly tries: number;
  /** Up to this share is added to each wait, so that what failed together does not come back together. */
  readonly jitter: number;
}

/**
 * The wait (ms) after attempt number `tries` (1 is the first) failed. `afterMs` is what the platform asked for, and the
 * least; `random` lies from 0 to 1 (exclusive).
 */
export function retryAfterMs(retry: Retry, tries: number, random: number, afterMs?: number): number {
  const doubled = retry.firstMs * 2 ** Math.min(Math.max(tries, 1) - 1, 30);
  const base = afterMs ?? Math.min(doubled, retry.capMs);
  return Math.ceil(base * (1 + retry.jitter * random));
}
