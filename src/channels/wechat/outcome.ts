import type { Sent } from '../../app/outports.ts';
import { TimedOut } from './bounded.ts';

type Verdict =
  | { readonly kind: 'later' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: 'blocked' | 'unknown-chat' | 'window-closed' };

/**
 * What puppets and the platform say, by the first that fits. There is no common set of codes: puppets pass on whatever
 * the platform's client showed, in Chinese or English.
 */
const SAYINGS: readonly (readonly [RegExp, Verdict])[] = [
  [
    /过于频繁|操作频繁|频率限制|too (?:frequent|often|many)|rate.?limit|flood|freq(?:uency)? ?limit/i,
    { kind: 'later' },
  ],
  [/\b4(?:5015|5047)\b|out of (?:response )?(?:time|count) limit|超过.{0,6}48 ?小时/i, closed()],
  [
    /拒收|开启了.{0,4}验证|不是(?:对方|你的|您的)?.{0,4}(?:好友|朋友)|not (?:a |your )?friend|blocked|被对方删除/i,
    blocked(),
  ],
  [/not logged ?in|未登录|已退出登录|no grpc manager|no client|logged out|UNAUTHENTICATED/i, { kind: 'offline' }],
  [/No connection established|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH/i, { kind: 'offline' }],
  [/敏感|违规|违法|不支持的消息|illegal content|UNIMPLEMENTED/i, { kind: 'refused', reason: 'content refused' }],
  [
    /(?:contact|room|user|conversation|receiver|payload).{0,60}(?:not (?:exist|found)|unknown)|不存在|no payload/i,
    gone(),
  ],
];

/**
 * What an attempt to send came to, from the error it threw; `partsSent`: parts of the reply that are through. Whatever
 * is not known to have been turned away may have been shown.
 */
export function outcomeOf(error: unknown, partsSent: number): Sent {
  const parts = { partsSent };
  if (error instanceof TimedOut) return { kind: 'ambiguous', ...parts };
  const words = sayingOf(error);
  const verdict = SAYINGS.find(([pattern]) => pattern.test(words))?.[1];
  switch (verdict?.kind) {
    case undefined:
      return { kind: 'ambiguous', ...parts };
    case 'unreachable':
      return verdict;
    case 'refused':
      return { ...verdict, ...parts };
    case 'later':
      return { kind: 'later', scope: 'channel', ...parts };
    case 'offline':
      return { kind: 'later', scope: 'channel', afterMs: OFFLINE_MS, ...parts };
  }
}

/** A message that never left is looked at again soon: the session itself says when it is back. */
export const OFFLINE_MS = 5_000;

/** The first line: behind it a gateway sends its own stack. */
function sayingOf(error: unknown): string {
  const words = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  return words.split('\n', 1)[0] ?? '';
}

function closed(): Verdict {
  return { kind: 'unreachable', reason: 'window-closed' };
}

function blocked(): Verdict {
  return { kind: 'unreachable', reason: 'blocked' };
}

function gone(): Verdict {
  return { kind: 'unreachable', reason: 'unknown-chat' };
}
