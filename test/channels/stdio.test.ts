import { describe, expect, test } from 'vitest';
import { Writable } from 'node:stream';
import { chatCodec } from '../../src/app/chatcodec.ts';
import type { ChatDoc } from '../../src/app/chatdoc.ts';
import type { Assistant, Store } from '../../src/app/ports.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { world } from '../app/support.ts';
import { channelContract } from './contract.ts';
import { openStdio, type StdioDriver } from './stdio-driver.ts';

channelContract('stdio', {
  manyChats: true,
  messageIds: true,
  open: async (assistant) => {
    const driver = openStdio(assistant);
    return {
      async say(text, { chat = 'c', id } = {}) {
        driver.send(JSON.stringify({ chat, text, ...(id === undefined ? {} : { message_id: id }) }));
        return JSON.stringify(await driver.next());
      },
      async close() {
        await driver.end();
      },
    };
  },
});

/** All answers to these lines. */
async function answers(lines: readonly (object | string)[], driver: StdioDriver = openStdio(world().assistant)) {
  for (const line of lines) driver.send(typeof line === 'string' ? line : JSON.stringify(line));
  return driver.end();
}

describe('the forms', () => {
  test('a text, a choice and a file are messages; the chat comes back as it was sent', async () => {
    const lines = [
      { chat: '一', text: '你好' },
      { chat: '一', choice: 'basics.all' },
      { chat: '一', file: { path: 'x/发票.pdf' } },
      { chat: '一', file: { path: 'C:\\x\\a.jpg', name: '照片', mime: 'image/jpeg' } },
    ];
    expect(await answers(lines)).toEqual(
      ['1 你好', '2 [basics.all]', '3 (发票.pdf)', '4 (照片)'].map((text) => ({ chat: '一', replies: [{ text }] })),
    );
  });

  test('a reply is printed with all it has', async () => {
    expect(await answers([{ chat: 'c', text: '选项' }])).toEqual([
      {
        chat: 'c',
        replies: [
          {
            text: '1 选项',
            choices: [
              { id: 'yes.1', label: '好' },
              { id: 'no', label: '不好' },
            ],
          },
        ],
      },
    ]);
  });

  test('at sets the clock for its line only', async () => {
    const { assistant, store } = world();
    const driver = openStdio(assistant);
    const at: (number | undefined)[] = [];
    for (const line of [{ at: '2027-01-01T00:00:00+08:00' }, {}, { at: '2025-01-01T00:00:00Z' }]) {
      driver.send(JSON.stringify({ chat: 'c', text: '好', ...line }));
      await driver.next();
      at.push((await store.read('stdio:c'))?.updatedAt);
    }
    await driver.end();
    expect(at).toEqual([Date.UTC(2026, 11, 31, 16), 1_000, Date.UTC(2025, 0, 1)]);
  });

  test('a tick runs the scheduler at its instant, after what came before and before what comes after', async () => {
    const seen: string[] = [];
    const { assistant } = world();
    const noting: Assistant = {
      handle: async (inbound) => {
        const outgoing = await assistant.handle(inbound);
        seen.push(inbound.chat);
        return outgoing;
      },
      delivered: (chat, ids) => assistant.delivered(chat, ids),
      settled: () => assistant.settled(),
    };
    const tick = async (now: number) => {
      seen.push(`tick ${now}`);
      return [{ chat: 'a', replies: [{ text: '还有7天' }] }];
    };
    const driver = openStdio(noting, { tick });
    const found = await answers(
      [{ chat: 'a', text: '好' }, { tick: '2026-07-01T08:00:00+08:00' }, { chat: 'b', text: '好' }],
      driver,
    );
    expect(found[1]).toEqual({
      tick: '2026-07-01T08:00:00+08:00',
      deliveries: [{ chat: 'a', replies: [{ text: '还有7天' }] }],
    });
    expect(seen).toEqual(['stdio:a', `tick ${Date.UTC(2026, 6, 1)}`, 'stdio:b']);
  });

  test('a bureau verb answers with its result, or says why not', async () => {
    const bureau = async (args: readonly string[]) =>
      args[0] === 'invite'
        ? ({ kind: 'done', result: { code: args.join(' ') } } as const)
        : ({ kind: 'refused', path: 'bureau', message: '没有这个命令' } as const);
    const driver = openStdio(world().assistant, { bureau });
    expect(await answers([{ bureau: ['invite', '--city', '太原市'] }, { bureau: [] }], driver)).toEqual([
      { bureau: { code: 'invite --city 太原市' } },
      { error: { path: 'bureau', message: '没有这个命令' } },
    ]);
  });
});

describe('faults', () => {
  test.each([
    ['', ''],
    ['你好', ''],
    ['[]', ''],
    ['null', ''],
    ['"x"', ''],
    ['{"chat":"c"', ''],
    ['{}', 'chat'],
    ['{"chat":"c"}', ''],
    ['{"text":"x"}', 'chat'],
    ['{"chat":7,"text":"x"}', 'chat'],
    ['{"chat":"","text":"x"}', 'chat'],
    ['{"chat":"\\ud800","text":"x"}', 'chat'],
    ['{"chat":"c","text":null}', 'text'],
    ['{"chat":"c","text":"x","choice":"y"}', 'choice'],
    ['{"chat":"c","choice":1}', 'choice'],
    ['{"chat":"c","file":"x"}', 'file'],
    ['{"chat":"c","file":{}}', 'file.path'],
    ['{"chat":"c","file":{"path":"x","size":1}}', 'file.size'],
    ['{"chat":"c","file":{"path":"x","mime":1}}', 'file.mime'],
    ['{"chat":"c","text":"x","message_id":1}', 'message_id'],
    ['{"chat":"c","text":"x","at":"2026-07-01"}', 'at'],
    ['{"chat":"c","text":"x","at":"2026-07-01T00:00:00"}', 'at'],
    ['{"chat":"c","text":"x","at":1}', 'at'],
    ['{"chat":"c","text":"x","extra":1}', 'extra'],
    ['{"chat":"c","text":"x","__proto__":{"at":1}}', '__proto__'],
    ['{"tick":"morgen"}', 'tick'],
    ['{"tick":"2026-07-01T00:00:00Z","chat":"c"}', 'chat'],
    ['{"bureau":"invite"}', 'bureau'],
    ['{"bureau":["invite",1]}', 'bureau'],
  ])('%j is answered with an error at %j, and nothing else happens', async (line, path) => {
    const message: unknown = expect.stringMatching(/[\u4e00-\u9fff]/);
    expect(await answers([line, { chat: 'c', text: '好' }])).toEqual([
      { error: { path, message } },
      { chat: 'c', replies: [{ text: '1 好' }] },
    ]);
  });

  test('a line over a megabyte, bytes that are no UTF-8, and a line end of Windows', async () => {
    const driver = openStdio(world().assistant);
    driver.send('x'.repeat(1_500_000));
    driver.send(Buffer.from([0xff, 0xfe, 0x00]));
    driver.send('\uFEFF'.slice(1) + '{"chat":"c","text":"好"}\r');
    const found = await driver.end();
    expect(found.map((one) => Object.keys(one as object)[0])).toEqual(['error', 'error', 'chat']);
  });

  test('a last line without a line feed is answered', async () => {
    const driver = openStdio(world().assistant);
    driver.send('{"chat":"c","text":"一"}\n{"chat":"c","text":"二"}');
    expect(await driver.end()).toHaveLength(2);
  });
});

describe('side by side', () => {
  /** A store in which each chat has its own pace. */
  function unevenStore(): { store: Store<ChatDoc>; most: () => number } {
    const inner = memoryStore(chatCodec);
    let open = 0;
    let most = 0;
    const update: Store<ChatDoc>['update'] = async (key, work) => {
      most = Math.max(most, (open += 1));
      const result = await inner.update(key, work);
      for (let turn = 0; turn < (key.length * 7) % 11; turn += 1) await new Promise(setImmediate);
      open -= 1;
      return result;
    };
    return { store: { ...pass(inner), update }, most: () => most };
  }

  function pass(inner: Store<ChatDoc>): Omit<Store<ChatDoc>, 'update'> {
    return {
      read: (key) => inner.read(key),
      pending: (limit) => inner.pending(limit),
      due: (now, limit) => inner.due(now, limit),
      keys: (prefix) => inner.keys(prefix),
      close: () => inner.close(),
    };
  }

  test('1,000 chats of uneven pace: every answer in the order of the input, many at a time', async () => {
    const { store, most } = unevenStore();
    const driver = openStdio(world(store).assistant);
    const lines = Array.from({ length: 3_000 }, (_, n) => ({ chat: `c${(n * 37) % 1_000}`, text: `${n}` }));
    const found = await answers(lines, driver);
    const expected = lines.map(({ chat, text }, n) => ({
      chat,
      replies: [{ text: `${1 + Math.floor(n / 1_000)} ${text}` }],
    }));
    expect(found).toEqual(expected);
    expect(most()).toBeGreaterThan(100);
    expect(await store.pending(9)).toEqual([]);
  });

  test('a reader that goes away ends the channel; what it did not get is kept', async () => {
    const { assistant, store } = world();
    const output = new Writable({
      write: (_chunk, _encoding, done) => {
        done(new Error('EPIPE'));
      },
    });
    const driver = openStdio(assistant, { output });
    driver.send('{"chat":"c","text":"好","message_id":"m"}');
    await driver.end();
    expect(await store.pending(9)).toEqual(['stdio:c']);
  });

  test('when asked to stop, what is under way is answered and nothing more is read', async () => {
    const stop = new AbortController();
    const driver = openStdio(world().assistant, { signal: stop.signal });
    driver.send('{"chat":"c","text":"一"}');
    expect(await driver.next()).toMatchObject({ chat: 'c' });
    stop.abort();
    expect(await driver.end()).toEqual([]);
  });
});
