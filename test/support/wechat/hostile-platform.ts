import type { ChatDoc } from '../../../src/app/chatdoc.ts';
import type { Store } from '../../../src/app/ports.ts';
import { peopleCodec, type PeopleDoc } from '../../../src/channels/wechat/people.ts';
import { WAKING } from '../../../src/outreach/quiet.ts';
import type { ReachLimits } from '../../../src/outreach/reach-plan.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { plainCodec } from '../../app/dispatch/world.ts';
import { seeded } from '../../app/dispatch/time.ts';
import { WechatWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING = Date.parse('2026-11-20T10:00:00+08:00');
/** What the account bears: so many messages in so many ms, a gap (ms), and so many on their way at a time. */
export const RATE = { messages: 20, perMs: 200 };
export const GAP_MS = 5;
export const IN_FLIGHT = 2;
/** What the broadcast says. */
export const NOTICE = '截止提醒';

/** What the platform does to what is sent to somebody. */
export type Fate = 'takes' | 'drops' | 'blocked' | 'gone' | 'closed' | 'hangs';
/** Half of the people take what they are sent. */
export const FATES: readonly Fate[] = [
  'takes',
  'takes',
  'takes',
  'takes',
  'drops',
  'blocked',
  'gone',
  'closed',
  'hangs',
];
const SAYINGS: Readonly<Partial<Record<Fate, string>>> = {
  blocked: '消息已发出，但被对方拒收了。',
  gone: 'contact not found',
  closed: '45015 response out of time limit',
  hangs: '4 DEADLINE_EXCEEDED: Deadline exceeded',
};
/** A message as it comes in at the platform. */
export interface Arrived {
  readonly id: string;
  readonly text: string;
  /** Of the wall clock (UTC ms), and of one that never goes back. */
  readonly at: number;
  readonly tick: number;
  readonly said: 'taken' | 'swallowed' | 'turned-away' | 'no-answer' | 'too-frequent';
}

/** A broadcast and talks over an account that is everything at once. */
export class Hostile {
  readonly arrived: Arrived[] = [];
  readonly fate = new Map<string, Fate>();
  readonly people: Store<PeopleDoc> = memoryStore(peopleCodec);
  readonly store: Store<ChatDoc> = memoryStore(plainCodec);
  readonly world = new WechatWorld();
  readonly limits: ReachLimits;
  readonly random: () => number;
  spells = 0;
  private offset = 0;
  private mutedUntil = -Infinity;

  constructor(perDay: number, seed: number) {
    this.limits = { account: RATE, gapMs: GAP_MS, perDay, windowed: true, hours: WAKING };
    this.random = seeded(seed);
    this.world.now = () => this.now();
    this.world.faults.send = (id, text) => this.judge(id, text);
  }

  now(): number {
    return MORNING + performance.now() + this.offset;
  }

  leap(to: number): void {
    this.offset += Math.max(0, to - this.now());
  }

  /** The account looks alive from now on, and is dead. */
  numb(): void {
    const { puppet } = this.world;
    if (!puppet) return;
    puppet.numb = true;
    this.spells += 1;
  }

  private judge(id: string, text: string): void {
    const tick = performance.now();
    const note = (said: Arrived['said']): void => void this.arrived.push({ id, text, at: this.now(), tick, said });
    if (this.world.puppet?.numb === true) {
      note('swallowed');
      return;
    }
    if (tick < this.mutedUntil || this.random() < 0.02) {
      this.mutedUntil = Math.max(this.mutedUntil, tick + 30);
      note('too-frequent');
      throw new Error('发送消息过于频繁');
    }
    const fate = text === NOTICE ? (this.fate.get(id) ?? 'takes') : 'takes';
    note(fate === 'takes' || fate === 'drops' ? 'taken' : fate === 'hangs' ? 'no-answer' : 'turned-away');
    const saying = SAYINGS[fate];
    if (saying !== undefined) throw new Error(saying);
  }
}

/** The number of the day in Beijing. */
export function dayOf(at: number): number {
  return Math.floor((at + 8 * HOUR_MS) / DAY_MS);
}
