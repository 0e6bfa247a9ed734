import type { ChannelPace, Lane } from '../../outreach/pacing-channel.ts';
import type { Timer, Wait } from './deps.ts';

/** `go`: the message leaves now. `back`: it does not, something else comes first or nothing may leave. */
export type Turn = 'go' | 'back';

/** What an answer asks for: no messages to the account, or to the chat, for so long (ms). */
export interface Holds {
  readonly accountMs: number | undefined;
  readonly chatMs: number | undefined;
}

interface Waiting {
  readonly chat: string;
  readonly lane: Lane;
  readonly count: number;
  readonly resolve: (turn: Turn) => void;
}

/**
 * Who may leave next on one account. Replies that somebody waits for go before everything unasked, each lane in its
 * order; a chat that has to wait by its own limit holds nobody else up. No more than `inFlight` are under way, from
 * leaving until they are noted.
 */
export class Turns {
  private readonly pace: ChannelPace;
  private readonly timer: Timer;
  private readonly inFlight: number;
  private readonly lanes = { fast: new Set<Waiting>(), bulk: new Set<Waiting>() };
  private underWay = 0;
  private alarm: Wait | undefined;
  private closed = false;

  constructor(pace: ChannelPace, timer: Timer, inFlight: number) {
    this.pace = pace;
    this.timer = timer;
    this.inFlight = inFlight;
  }

  /** Resolves when `count` messages may leave for the chat, or must not. After `go`, `answered` and `noted` must follow. */
  wait(chat: string, lane: Lane, count: number): Promise<Turn> {
    if (this.closed) return Promise.resolve('back');
    return new Promise((resolve) => {
      this.lanes[lane].add({ chat, lane, count, resolve });
      this.next();
    });
  }

  /** The platform has answered, and perhaps asked to be left alone for so long (ms). */
  answered(chat: string, count: number, { accountMs, chatMs }: Holds): void {
    const now = this.timer.now();
    this.pace.answered(chat, count, now);
    if (chatMs !== undefined) this.pace.holdChat(chat, now + chatMs, now);
    if (accountMs !== undefined) {
      this.pace.holdAccount(now + accountMs);
      // Whether they may still go is asked again when the time has come.
      for (const waiting of this.lanes.bulk) this.end(waiting, 'back');
    }
    this.next();
  }

  /** What became of it is stored. */
  noted(): void {
    this.underWay -= 1;
    this.next();
  }

  /** Sends back what waits of a chat that has written: other replies may come first, or what waits was deleted. */
  recall(chat: string): void {
    for (const lane of [this.lanes.fast, this.lanes.bulk])
      for (const waiting of lane) if (waiting.chat === chat) this.end(waiting, 'back');
  }

  /** Sends back everybody, now and from now on. */
  close(): void {
    this.closed = true;
    this.alarm?.cancel();
    for (const lane of [this.lanes.fast, this.lanes.bulk]) for (const waiting of lane) this.end(waiting, 'back');
  }

  /** Lets everybody leave who may, and wakes up when the next may. */
  private next(): void {
    this.alarm?.cancel();
    this.alarm = undefined;
    if (this.closed) return;
    const now = this.timer.now();
    let at = Infinity;
    for (const lane of ['fast', 'bulk'] as const) {
      for (const waiting of this.lanes[lane]) {
        if (this.underWay >= this.inFlight) return;
        const chatAt = this.pace.chatFreeAt(waiting.chat, waiting.count, now);
        if (chatAt === undefined) continue;
        if (chatAt > now) {
          at = Math.min(at, chatAt);
          continue;
        }
        const accountAt = this.pace.accountFreeAt(lane, waiting.count, now);
        // Nobody behind may take the places that this one is waiting for.
        if (accountAt === undefined || accountAt > now) {
          this.wakeAt(Math.min(at, accountAt ?? Infinity), now);
          return;
        }
        this.pace.leave(waiting.chat, lane, waiting.count, now);
        this.underWay += 1;
        this.end(waiting, 'go');
      }
    }
    this.wakeAt(at, now);
  }

  private wakeAt(at: number, now: number): void {
    if (at === Infinity) return;
    const alarm = this.timer.after(at - now);
    this.alarm = alarm;
    void alarm.done.then((passed) => {
      if (passed) this.next();
    });
  }

  private end(waiting: Waiting, turn: Turn): void {
    this.lanes[waiting.lane].delete(waiting);
    waiting.resolve(turn);
  }
}
