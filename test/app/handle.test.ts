import { describe, expect, test } from 'vitest';
import type { ChatDoc } from '../../src/app/chatdoc.ts';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { FaultyDocument, type Store } from '../../src/app/ports.ts';
import { NEW_CHAT } from '../../src/dialogue/index.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { ask, BROKEN, typed, world } from './support.ts';

const CHAT = 'test:a';

async function outbox(store: Store<ChatDoc>): Promise<string[]> {
  return ((await store.read(CHAT))?.outbox ?? []).map(({ reply }) => reply.text);
}

describe('a message', () => {
  test('its state, its id and its replies are stored in one step before they are returned', async () => {
    const { store, assistant } = world();
    expect(await ask(assistant, '两条', { messageId: 'm1', at: 77 })).toEqual(['1 两条', '又一条']);
    expect(await store.read(CHAT)).toMatchObject({
      state: { programme: '1' },
      handled: ['m1'],
      outbox: [
        { messageId: 'm1', at: 77 },
        { messageId: 'm1', at: 77 },
      ],
      updatedAt: 77,
    });
    expect(await store.pending(9)).toEqual([CHAT]);
  });

  test('with the same id is answered once', async () => {
    const { assistant } = world();
    expect(await ask(assistant, '你好', { messageId: 'm1' })).toEqual(['1 你好']);
    expect(await ask(assistant, '你好', { messageId: 'm1' })).toEqual([]);
    expect(await ask(assistant, '你好', { messageId: 'm1', chat: 'test:b' })).toEqual(['1 你好']);
    expect(await ask(assistant, '你好', { messageId: 'm2' })).toEqual(['2 你好']);
  });

  test('twice at the same time is answered once', async () => {
    const { assistant } = world();
    const both = await Promise.all([
      ask(assistant, '你好', { messageId: 'm' }),
      ask(assistant, '你好', { messageId: 'm' }),
    ]);
    expect(both).toEqual([['1 你好'], []]);
  });

  test('without an id is never taken for a repeat', async () => {
    const { assistant } = world();
    expect(await ask(assistant, '好')).toEqual(['1 好']);
    expect(await ask(assistant, '好')).toEqual(['2 好']);
  });

  test('messages of one chat are handled in the order in which they came', async () => {
    const { assistant } = world();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => ask(assistant, `第${n}句`)));
    expect(answers.flat()).toEqual(Array.from({ length: 50 }, (_, n) => `${n + 1} 第${n}句`));
  });

  test('only the last 100 ids are kept', async () => {
    const { store, assistant } = world();
    for (let n = 0; n < 105; n += 1) await assistant.handle(typed('好', { messageId: `m${n}` }));
    const handled = (await store.read(CHAT))?.handled ?? [];
    expect([handled.length, handled[0], handled.at(-1)]).toEqual([100, 'm5', 'm104']);
  });
});

describe('replies that were not handed over', () => {
  test('come again after a restart, once', async () => {
    const { assistant, restarted } = world();
    await ask(assistant, '两条', { messageId: 'm1' });
    const after = restarted();
    expect(await ask(after, '两条', { messageId: 'm1' })).toEqual(['1 两条', '又一条']);
    expect(await ask(after, '两条', { messageId: 'm1' })).toEqual([]);
  });

  test('do not come again when they were reported', async () => {
    const { store, assistant, restarted } = world();
    const outgoing = await assistant.handle(typed('两条', { messageId: 'm1' }));
    await assistant.delivered(
      CHAT,
      outgoing.map(({ id }) => id),
    );
    expect(await outbox(store)).toEqual([]);
    expect(await store.pending(9)).toEqual([]);
    expect(await ask(restarted(), '两条', { messageId: 'm1' })).toEqual([]);
  });

  test('of two, only the one that was not reported comes again', async () => {
    const { assistant, restarted } = world();
    const [first] = await assistant.handle(typed('两条', { messageId: 'm1' }));
    await assistant.delivered(CHAT, [first?.id ?? '']);
    expect(await ask(restarted(), '两条', { messageId: 'm1' })).toEqual(['又一条']);
  });

  test('reports are carried by the next message, or noted by themselves; all are noted when settled', async () => {
    const { store, assistant } = world();
    for (let n = 0; n < 20; n += 1) {
      const outgoing = await assistant.handle(typed('两条'));
      for (const { id } of outgoing) void assistant.delivered(CHAT, [id]);
    }
    await assistant.settled();
    expect(await outbox(store)).toEqual([]);
  });

  test('stay for a channel that can send them; where one has to ask, they end with the next message', async () => {
    const { store, assistant, restarted } = world();
    await ask(assistant, '一');
    const after = restarted();
    await ask(after, '二');
    expect(await outbox(store)).toEqual(['1 一', '2 二']);
    await ask(after, '三', { pull: true });
    expect(await outbox(store)).toEqual(['2 二', '3 三']);
  });
});

describe('what goes wrong', () => {
  test('a bug is answered kindly, changes nothing, is not tried again, and is logged without the words', async () => {
    const { store, assistant, log } = world();
    await ask(assistant, '好');
    expect(await ask(assistant, '出错', { messageId: 'bad' })).toEqual([BROKEN.text]);
    expect(await store.read(CHAT)).toMatchObject({ state: { programme: '1' }, handled: ['bad'] });
    expect(await ask(assistant, '出错', { messageId: 'bad' })).toEqual([]);
    expect(await ask(assistant, '好')).toEqual(['2 好']);
    expect(log.lines.join()).toContain('handle.advance-failed');
    expect(log.lines.join()).not.toContain('出错');
  });

  test('a message that could not be saved may be handed in again', async () => {
    const inner = memoryStore(chatCodec);
    let failures = 1;
    const store: Store<ChatDoc> = {
      update: async (key, work) => {
        if ((failures -= 1) < 0) return inner.update(key, work);
        await inner.read(key);
        work(undefined);
        throw new Error('disk full');
      },
      read: (key) => inner.read(key),
      pending: (limit) => inner.pending(limit),
      due: (now, limit) => inner.due(now, limit),
      keys: (prefix) => inner.keys(prefix),
      close: () => inner.close(),
    };
    const { assistant } = world(store);
    await expect(ask(assistant, '好', { messageId: 'm' })).rejects.toThrow('disk full');
    expect(await ask(assistant, '好', { messageId: 'm' })).toEqual(['1 好']);
  });

  test('a document that cannot be read is answered, and the other chats go on', async () => {
    const faulty = memoryStore({ ...chatCodec, encode: (doc) => (doc.chat === CHAT ? '{}' : chatCodec.encode(doc)) });
    const { assistant, log } = world(faulty);
    await ask(assistant, '好');
    await expect(faulty.read(CHAT)).rejects.toThrow(FaultyDocument);
    const outgoing = await assistant.handle(typed('好'));
    expect(outgoing.map(({ reply }) => reply)).toEqual([BROKEN]);
    await assistant.delivered(
      CHAT,
      outgoing.map(({ id }) => id),
    );
    expect(await ask(assistant, '好', { chat: 'test:b' })).toEqual(['1 好']);
    expect(log.lines.join()).toContain('handle.faulty-document');
  });
});

describe('deletion', () => {
  test('leaves the ids that keep repeats away, the answer, and nothing else', async () => {
    const { store, assistant } = world();
    await ask(assistant, '我的电话是一二三', { messageId: 'm1' });
    expect(await ask(assistant, '删除', { messageId: 'm2', at: 5 })).toEqual(['已删除']);
    expect(await store.read(CHAT)).toEqual({
      v: 1,
      chat: CHAT,
      state: NEW_CHAT,
      handled: ['m1', 'm2'],
      outbox: [{ id: expect.any(String), reply: { text: '已删除' }, at: 5, messageId: 'm2' }],
      updatedAt: 5,
    });
    expect(await ask(assistant, '删除', { messageId: 'm2' })).toEqual([]);
    expect(await ask(assistant, '好')).toEqual(['1 好']);
  });
});
