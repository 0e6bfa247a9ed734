import type { ChannelLimits } from '../outreach/pacing-limits.ts';
import { WAKING } from '../outreach/quiet.ts';
import type { ReachLimits } from '../outreach/reach-plan.ts';
import type { WindowRule } from '../outreach/reach-window.ts';
import type { ChannelFile, ChannelKind } from './channels.ts';

/** The kind of account that a way in (the name of a package, say) belongs to; undefined when there are none. */
export function kindOf(file: ChannelFile, way: string): ChannelKind | undefined {
  return file.kinds?.find(({ matches }) => new RegExp(matches, 'u').test(way));
}

/** The limits in the form that sending works with; `kind` where the platform has several kinds of accounts. */
export function limitsOf(file: ChannelFile, kind?: ChannelKind): ChannelLimits {
  const { account, chat, group } = kind?.limits ?? file.limits;
  return {
    rates: {
      account: { messages: Math.max(1, account.messages - (kind?.asides_per_minute ?? 0)), perMs: account.per_ms },
      ...(kind && { further: [{ messages: 1, perMs: kind.gap_ms }] }),
      chat: { messages: chat.messages, perMs: chat.per_ms },
      ...(group && {
        group: { messages: group.messages, perMs: group.per_ms, matches: new RegExp(group.matches, 'u') },
      }),
    },
    retry: {
      firstMs: file.retry.first_ms,
      capMs: file.retry.cap_ms,
      tries: file.retry.tries,
      jitter: file.retry.jitter,
    },
    inFlight: file.in_flight,
    ahead: file.ahead,
    queue: file.queue,
    sendTimeoutMs: file.send_timeout_ms,
    alarmHoldMs: file.alarm_hold_ms,
  };
}

/** What an account of the kind may say unasked, in the form that planning works with. */
export function reachLimitsOf(kind: ChannelKind): ReachLimits {
  const { account } = kind.limits;
  return {
    account: { messages: Math.max(1, account.messages - kind.asides_per_minute), perMs: account.per_ms },
    gapMs: kind.gap_ms,
    perDay: kind.per_day,
    windowed: kind.windows !== undefined,
    hours: WAKING,
  };
}

/** When an account of the kind may write to somebody; undefined: at any time. */
export function windowRulesOf({ windows }: ChannelKind): WindowRule[] | undefined {
  return windows?.map(({ after, open_ms: openMs, messages }) => ({ after, openMs, messages }));
}
