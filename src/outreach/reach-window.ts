/** What somebody can do that opens a window. */
export type Opening = 'message' | 'follow' | 'menu' | 'scan';

/** After what somebody does the account may write, for so long (ms) and so often. */
export interface WindowRule {
  readonly after: Opening;
  readonly openMs: number;
  readonly messages: number;
}

/** A window that is open: until then (UTC ms, exclusive), and for so many messages. */
export interface OpenWindow {
  readonly until: number;
  readonly left: number;
}

/** Something that somebody did. `at`: UTC ms. */
export interface Act {
  readonly kind: Opening;
  readonly at: number;
}

/**
 * The window that is open for somebody now (UTC ms); undefined when none is. Counts do not add up: what was done last
 * sets both anew, and of several open windows the one that lasts longest counts. `sent`: instants of what was sent.
 */
export function openWindow(
  acts: readonly Act[],
  sent: readonly number[],
  rules: readonly WindowRule[],
  now: number,
): OpenWindow | undefined {
  let best: OpenWindow | undefined;
  for (const { after, openMs, messages } of rules) {
    const opened = Math.max(-Infinity, ...acts.flatMap(({ kind, at }) => (kind === after && at <= now ? at : [])));
    const until = opened + openMs;
    const left = messages - sent.filter((at) => at >= opened).length;
    if (until > now && left > 0 && (best === undefined || until > best.until)) best = { until, left };
  }
  return best;
}
