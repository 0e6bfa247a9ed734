import type { Act, OpenWindow, Opening } from '../../outreach/reach-window.ts';
import type { People, PeopleDoc } from './people.ts';

/** The window that is open at `now` (UTC ms) after what somebody did and what they were sent since. */
export type WindowOf = (acts: readonly Act[], sent: readonly number[], now: number) => OpenWindow | undefined;

/** More than any window bears. */
const KEPT = 30;

/**
 * When an account that may write only for some time after somebody did may write to them. Kept beyond a restart: the
 * platform goes on counting as well.
 */
export class Windows {
  private readonly people: Pick<People, 'read' | 'update'>;
  private readonly windowOf: WindowOf | undefined;
  private readonly now: () => number;

  /** `windowOf` is undefined for an account that may write at any time; `now`: UTC ms. */
  constructor(people: Pick<People, 'read' | 'update'>, windowOf: WindowOf | undefined, now: () => number) {
    this.people = people;
    this.windowOf = windowOf;
    this.now = now;
  }

  get any(): boolean {
    return this.windowOf !== undefined;
  }

  /** Somebody did something that opens a window. @throws the store's error. */
  async did(chat: string, what: Opening): Promise<void> {
    if (!this.windowOf) return;
    const at = this.now();
    await this.people.update(keyOf(chat), (doc) => ({
      doc: { ...doc, v: 1, acts: { ...doc?.acts, [what]: at } },
      result: undefined,
    }));
  }

  /** The window that is open for somebody now. @throws the store's error. */
  async of(chat: string): Promise<OpenWindow | undefined> {
    return this.look(await this.people.read(keyOf(chat)));
  }

  /** Takes places for so many messages, before they leave. @returns how many there were. @throws the store's error. */
  async take(chat: string, messages: number): Promise<number> {
    if (!this.windowOf) return messages;
    return this.people.update(keyOf(chat), (doc) => {
      const places = Math.min(messages, this.look(doc)?.left ?? 0);
      if (places === 0) return { result: 0 };
      const sent = [...(doc?.sent ?? []), ...Array<number>(places).fill(this.now())].slice(-KEPT);
      return { doc: { ...doc, v: 1, sent }, result: places };
    });
  }

  /** Of what was taken last, so many messages were not sent. @throws the store's error. */
  async giveBack(chat: string, messages: number): Promise<void> {
    if (!this.windowOf || messages <= 0) return;
    await this.people.update(keyOf(chat), (doc) =>
      doc ? { doc: { ...doc, sent: (doc.sent ?? []).slice(0, -messages) }, result: undefined } : { result: undefined },
    );
  }

  private look(doc: PeopleDoc | undefined): OpenWindow | undefined {
    const acts = Object.entries(doc?.acts ?? {}).map(([kind, at]) => ({ kind: kind as Opening, at }));
    return this.windowOf?.(acts, doc?.sent ?? [], this.now());
  }
}

function keyOf(chat: string): string {
  return `window:${chat}`;
}
