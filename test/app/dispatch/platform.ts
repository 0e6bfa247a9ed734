import type { Sender, Sent } from '../../../src/app/outports.ts';
import type { FakeTime } from './time.ts';

/** One attempt as the platform saw it. Virtual ms. */
export interface Attempt {
  readonly chat: string;
  readonly text: string;
  readonly fromPart: number;
  readonly left: number;
  /** When the platform took it in, and when its answer was back. */
  readonly taken: number;
  readonly answered: number;
  readonly sent: Sent;
}

export interface PlatformOptions {
  readonly time: FakeTime;
  readonly channel?: string;
  /** The ways there and back together (ms). */
  readonly latency?: () => number;
  /** What happens to an attempt; default: sent. */
  readonly answer?: (chat: string, text: string, earlier: number) => Sent;
  /** The limits it enforces with refusals; none when absent. */
  readonly limits?: { readonly perSecond: number; readonly perChatMs: number };
  readonly parts?: (text: string) => number;
}

/** A platform in virtual time that enforces its limits and remembers every attempt. */
export class FakePlatform implements Sender {
  readonly channel: string;
  readonly attempts: Attempt[] = [];
  /** Attempts beyond its limits: there must be none. */
  refusals = 0;
  underWay = 0;
  mostUnderWay = 0;
  private readonly options: PlatformOptions;
  private readonly seen = new Map<string, number>();
  private recent: number[] = [];
  private readonly lastTo = new Map<string, number>();

  constructor(options: PlatformOptions) {
    this.options = options;
    this.channel = options.channel ?? 'test';
  }

  parts(reply: { readonly text: string }): number {
    return this.options.parts?.(reply.text) ?? 1;
  }

  async send(chat: string, { text }: { readonly text: string }, fromPart: number): Promise<Sent> {
    const { time, latency = () => 30, answer = () => ({ kind: 'sent' }) } = this.options;
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    const left = time.now();
    const whole = latency();
    await time.sleep(whole / 2);
    const taken = time.now();
    const key = `${chat} ${text}`;
    const earlier = this.seen.get(key) ?? 0;
    this.seen.set(key, earlier + 1);
    const sent = this.isTooFast(chat, taken, this.parts({ text }) - fromPart)
      ? ({ kind: 'later', scope: 'channel', afterMs: 5_000 } as const)
      : answer(chat, text, earlier);
    await time.sleep(whole / 2);
    this.underWay -= 1;
    this.attempts.push({ chat, text, fromPart, left, taken, answered: time.now(), sent });
    return sent;
  }

  /** The attempts that people saw. */
  get shown(): Attempt[] {
    return this.attempts.filter(({ sent }) => sent.kind === 'sent');
  }

  private isTooFast(chat: string, now: number, count: number): boolean {
    const { limits } = this.options;
    if (!limits) return false;
    this.recent = this.recent.filter((at) => now - at < 1_000);
    for (let part = 0; part < count; part += 1) this.recent.push(now);
    const last = this.lastTo.get(chat) ?? -Infinity;
    this.lastTo.set(chat, now);
    if (this.recent.length <= limits.perSecond && now - last >= limits.perChatMs) return false;
    this.refusals += 1;
    return true;
  }
}
