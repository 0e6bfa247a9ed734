import { Allowance } from '../../../src/channels/wechat/allowance.ts';
import type { People } from '../../../src/channels/wechat/people.ts';
import { Quota } from '../../../src/channels/wechat/quota.ts';
import { messagesOf } from '../../../src/channels/wechat/sender.ts';
import { Windows, type WindowOf } from '../../../src/channels/wechat/windows.ts';
import type { ReachLimits } from '../../../src/outreach/reach-plan.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';

/** What an account of these limits may still send, with its own clock (UTC ms). */
export function allowanceOf(
  people: People,
  limits: ReachLimits,
  now: () => number,
  windowOf?: WindowOf,
): { allowance: Allowance; windows: Windows; quota: Quota } {
  const windows = new Windows(people, windowOf, now);
  const quota = new Quota(people, limits, now);
  const allowance = new Allowance({
    ...{ limits, quota, windows, now },
    messagesOf: (reply) => messagesOf(reply, WECHAT_WORDS),
  });
  return { allowance, windows, quota };
}
