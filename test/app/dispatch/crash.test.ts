import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import type { ChatDoc } from '../../../src/app/chatdoc.ts';
import type { Store } from '../../../src/app/ports.ts';
import type { Sender, Sent } from '../../../src/app/outports.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { LIMITS } from './limits.ts';
import { FakeTime } from './time.ts';
import { broadcast, dispatchWorld, outboxOf, outcomes, put, say } from './world.ts';

const CHATS = ['test:a', 'test:b', 'test:c'];
const CANCELLED = 'broadcast:cancelled';
const never = (): Promise<never> => new Promise(() => undefined);

/** A process that ends at its n-th contact with the outside world: before it has an effect, or when it comes back. */
class Life {
  private left: number;
  constructor(points: number) {
    this.left = points;
  }

  get over(): boolean {
    return this.left <= 0;
  }

  /** Does the work unless the process ends before it; its result is lost when the process ends at it. */
  async contact<Result>(work: () => Promise<Result>): Promise<Result> {
    if ((this.left -= 1) <= 0) return never();
    const result = await work();
    if ((this.left -= 1) <= 0) return never();
    return result;
  }

  store(inner: Store<ChatDoc>): Store<ChatDoc> {
    return {
      update: (key, work) => this.contact(() => inner.update(key, work)),
      read: (key) => this.contact(() => inner.read(key)),
      pending: (limit) => this.contact(() => inner.pending(limit)),
      due: (now, limit) => this.contact(() => inner.due(now, limit)),
      keys: (prefix) => inner.keys(prefix),
      close: () => inner.close(),
    };
  }
}

interface Shown {
  readonly chat: string;
  readonly text: string;
}

/** Shows everything, the first attempt at a text of test:b excepted, which it wants later. */
function sender(life: Life, shown: Shown[], wanted: Set<string>): Sender {
  return {
    channel: 'test',
    send: (chat, { text }) =>
      life.contact(async (): Promise<Sent> => {
        if (chat === 'test:b' && !wanted.has(text)) {
          wanted.add(text);
          return { kind: 'later', scope: 'chat', afterMs: 500 };
        }
        shown.push({ chat, text });
        return { kind: 'sent' };
      }),
  };
}

/** What was to go out, over processes of which each but the last ends after so many contacts. */
async function livesOf(points: readonly number[]) {
  const store = memoryStore(chatCodec);
  for (const chat of CHATS)
    await put(store, chat, broadcast('broadcast:1', `群发 ${chat}`), broadcast('broadcast:2', `又群发 ${chat}`));
  await put(store, 'test:c', broadcast(CANCELLED, '不要了'));
  const before = dispatchWorld(store);
  await before.assistant.handle({ chat: 'test:a', event: { kind: 'text', text: '问' }, messageId: 'm1' });
  const shown: Shown[] = [];
  const wanted = new Set<string>();
  /** What may be shown a second time, by text, after each crash. */
  const doubtful: Set<string>[] = [];
  let lastOver = true;
  for (const count of [...points, Infinity]) {
    const life = new Life(count);
    const time = new FakeTime();
    time.wallOffset = 60_000 * doubtful.length;
    const mayGo = (source: string): boolean => source !== CANCELLED;
    const world = dispatchWorld(life.store(store), { time, mayGo });
    world.dispatcher.attach(sender(life, shown, wanted));
    // The platform hands in again what it does not know to be handled.
    void say(world, 'test:a', '问', 'm1');
    void say(world, 'test:b', '另问', 'm2');
    await time.run(30_000);
    lastOver = life.over;
    if (!life.over) break;
    const kept = new Set<string>();
    for (const chat of CHATS)
      for (const entry of await outboxOf(store, chat))
        if (entry.sending === true || entry.source === undefined) kept.add(entry.reply.text);
    doubtful.push(kept);
  }
  return { store, shown, doubtful, lastOver };
}

async function checked(points: readonly number[]): Promise<boolean> {
  const { store, shown, doubtful, lastOver } = await livesOf(points);
  expect(lastOver).toBe(false);
  const times = (text: string): number => shown.filter((one) => one.text === text).length;
  const crashesWith = (text: string): number => doubtful.filter((set) => set.has(text)).length;
  for (const chat of CHATS) {
    const lines = await outcomes(store, chat);
    for (const [source, text] of [
      ['broadcast:1', `群发 ${chat}`],
      ['broadcast:2', `又群发 ${chat}`],
    ] as const) {
      expect(times(text), text).toBeGreaterThanOrEqual(1);
      expect(times(text), text).toBeLessThanOrEqual(1 + crashesWith(text));
      expect(lines[source]).toBe(crashesWith(text) > 0 ? 'sent+' : 'sent');
    }
    expect(await outboxOf(store, chat)).toEqual([]);
  }
  for (const text of ['1 问', '1 另问']) {
    expect(times(text), text).toBeGreaterThanOrEqual(1);
    expect(times(text), text).toBeLessThanOrEqual(1 + crashesWith(text));
  }
  expect(times('不要了')).toBe(0);
  expect((await outcomes(store, 'test:c'))[CANCELLED]).toBe('cancelled');
  return doubtful.length < points.length;
}

describe('a process that ends at any point of its work', () => {
  test('loses nothing, and says twice only what was leaving, with a mark', async () => {
    let survived = false;
    let point = 0;
    while (!survived) survived = await checked([(point += 1)]);
    // Reads, marks, sends and notes of nine messages, and the looks in between.
    expect(point).toBeGreaterThan(100);
  });

  test('several times on end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 2, maxLength: 4 }), async (points) => {
        await checked(points);
      }),
      { numRuns: 60 },
    );
  });

  test('a message that ends the process each time is let go of at last', async () => {
    const store = memoryStore(chatCodec);
    await put(store, 'test:a', broadcast('broadcast:1'));
    let sends = 0;
    for (let start = 0; start < 20; start += 1) {
      const life = new Life(Infinity);
      const time = new FakeTime();
      const { dispatcher, alarms } = dispatchWorld(life.store(store), { time });
      dispatcher.attach({
        channel: 'test',
        send: () => {
          sends += 1;
          return never();
        },
      });
      await time.run(1_000);
      if (start === LIMITS.retry.tries) expect(alarms.map(({ kind }) => kind)).toEqual(['gave-up']);
    }
    expect(sends).toBe(LIMITS.retry.tries);
    expect(await outcomes(store, 'test:a')).toEqual({ 'broadcast:1': 'ambiguous+' });
  });

  test('what was cancelled meanwhile is not sent again', async () => {
    const store = memoryStore(chatCodec);
    await put(store, 'test:a', broadcast('broadcast:1', '群发', { sending: true }));
    const { time, dispatcher } = dispatchWorld(store, { mayGo: () => false });
    const shown: Shown[] = [];
    dispatcher.attach(sender(new Life(Infinity), shown, new Set()));
    await time.run(5_000);
    expect(shown).toEqual([]);
    expect(await outcomes(store, 'test:a')).toEqual({ 'broadcast:1': 'ambiguous' });
  });
});
