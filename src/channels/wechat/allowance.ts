import type { Account, Leave } from '../../app/outports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import type { ReachLimits } from '../../outreach/reach-plan.ts';
import type { OpenWindow } from '../../outreach/reach-window.ts';
import type { Quota, Taken } from './quota.ts';
import type { Windows } from './windows.ts';

export interface AllowanceDeps {
  readonly limits: ReachLimits;
  readonly quota: Quota;
  readonly windows: Windows;
  /** Platform messages that a reply takes. */
  readonly messagesOf: (reply: Reply) => number;
  /** UTC ms. */
  readonly now: () => number;
}

/** Places for messages that are about to leave; what is not used is given back. */
export type Places =
  | { readonly kind: 'taken'; readonly messages: number; readonly giveBack: (messages: number) => Promise<void> }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'closed' };

/** What an account may still send: the count of a day for what nobody waits for, and windows for everything. */
export class Allowance implements Account {
  readonly limits: ReachLimits;
  private readonly deps: AllowanceDeps;

  constructor(deps: AllowanceDeps) {
    this.deps = deps;
    this.limits = deps.limits;
  }

  usedToday(): Promise<number> {
    return this.deps.quota.used();
  }

  windowOf(chat: string): Promise<OpenWindow | undefined> {
    return this.deps.windows.of(chat);
  }

  messagesOf(reply: Reply): number {
    return this.deps.messagesOf(reply);
  }

  async mayLeave(chat: string, messages: number): Promise<Leave> {
    const { now, quota, windows } = this.deps;
    if (windows.any && ((await windows.of(chat))?.left ?? 0) < messages) return { unreachable: 'window-closed' };
    const ms = await quota.waitFor(chat, messages);
    return ms === 0 ? true : { notBefore: now() + ms };
  }

  /**
   * Takes places for so many messages, or for as many as the window has: counted before they leave, so that a process
   * that dies has counted too many and never too few. @throws the store's error.
   */
  async take(chat: string, messages: number, unasked: boolean): Promise<Places> {
    const { quota, windows } = this.deps;
    const taken: Taken = unasked ? await quota.take(chat, messages) : NOT_COUNTED;
    if (taken.kind === 'wait') return taken;
    const places = await windows.take(chat, messages);
    if (places < messages) await quota.giveBack(taken, messages - places);
    if (places === 0) return { kind: 'closed' };
    return {
      kind: 'taken',
      messages: places,
      async giveBack(unused) {
        await quota.giveBack(taken, unused);
        await windows.giveBack(chat, unused);
      },
    };
  }
}

/** An answer takes no place of the day's count. */
const NOT_COUNTED = { kind: 'taken', day: 0, messages: 0 } as const;
