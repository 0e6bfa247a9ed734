import { describe, expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../../src/app/chatdoc.ts';
import type { OutboxEntry } from '../../../src/app/dispatch/entry.ts';
import {
  closeEntry,
  closeSent,
  closeUnreachable,
  enqueue,
  nextEntry,
  outboxMarks,
  patchEntry,
} from '../../../src/app/dispatch/outbox.ts';
import { createAssistant } from '../../../src/app/assistant.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { ask, BROKEN, countingAdvance, keptLog, typed } from '../support.ts';
import { broadcast, put } from './world.ts';

const EMPTY = newChatDoc('test:a');
const never = (): boolean => false;
const reply = (id: string, fields: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id,
  reply: { text: id },
  at: 1,
  ...fields,
});
const withOutbox = (...outbox: OutboxEntry[]): ChatDoc => ({ ...EMPTY, outbox });

describe('a unique source', () => {
  test('is added once: not while it waits, not when it is closed, not twice at a time', () => {
    const once = enqueue(EMPTY, [broadcast('b:1'), broadcast('b:1', '又'), broadcast('b:2')]);
    expect(once.outbox.map(({ source }) => source)).toEqual(['b:1', 'b:2']);
    expect(enqueue(once, [broadcast('b:2')])).toBe(once);
    const closed = closeEntry(once, 'b:1!', 'cancelled', 5, never);
    expect(enqueue(closed, [broadcast('b:1'), broadcast('b:3')]).outbox.map(({ source }) => source)).toEqual([
      'b:2',
      'b:3',
    ]);
  });
});

describe('the next entry', () => {
  const unasked = broadcast('b:1');
  test.each<[string, OutboxEntry[], string | undefined]>([
    ['nothing', [], undefined],
    ['a reply before everything unasked', [unasked, reply('r1'), reply('r2')], 'r1'],
    [
      'no reply before one that waits, and nothing unasked either',
      [reply('r1', { notBefore: 11 }), reply('r2'), unasked],
      undefined,
    ],
    ['a reply whose time has come', [reply('r1', { notBefore: 10 })], 'r1'],
    ['unasked: past one that waits', [{ ...unasked, notBefore: 11 }, broadcast('b:2')], 'b:2!'],
  ])('%s', (_name, outbox, expected) => {
    expect(nextEntry(withOutbox(...outbox), 10)?.id).toBe(expected);
  });
});

describe('the marks', () => {
  test.each<[OutboxEntry[], object]>([
    [[], { pending: false }],
    [[reply('r')], { pending: true }],
    [[broadcast('b:1')], { pending: true }],
    [[broadcast('b:1', '', { notBefore: 70 }), broadcast('b:2', '', { notBefore: 60 })], { pending: false, due: 60 }],
    [[broadcast('b:1', '', { notBefore: 70 }), broadcast('b:2')], { pending: true, due: 70 }],
    [[reply('r1', { notBefore: 70 }), reply('r2'), broadcast('b:1')], { pending: false, due: 70 }],
  ])('%#', (outbox, expected) => {
    expect(outboxMarks(withOutbox(...outbox))).toEqual(expected);
  });
});

describe('the ledger', () => {
  test('keeps the newest lines, and older ones of what still runs', () => {
    let doc = EMPTY;
    for (let n = 0; n < 300; n += 1) {
      doc = enqueue(doc, [broadcast(`b:${n}`)]);
      doc = closeEntry(doc, `b:${n}!`, 'sent', n, (source) => source === 'b:7');
    }
    const sources = doc.ledger?.map(({ source }) => source) ?? [];
    expect([sources.length, sources[0], sources[1], sources.at(-1)]).toEqual([200, 'b:7', 'b:101', 'b:299']);
  });

  test('says what may have been shown twice, and nothing about replies', () => {
    const doc = withOutbox(broadcast('b:1', '', { repeat: true }), reply('r1', { repeat: true }), broadcast('b:2'));
    expect(closeSent(doc, ['b:1!', 'r1', 'gone'], 5, never).ledger).toEqual([
      { source: 'b:1', at: 5, outcome: 'sent', repeated: true },
    ]);
    expect(closeUnreachable(doc, 'deactivated', 6, never)).toMatchObject({
      outbox: [],
      reach: { state: 'unreachable', reason: 'deactivated', at: 6 },
      ledger: [{ outcome: 'unreachable', repeated: true }, { outcome: 'unreachable' }],
    });
  });

  test('is left alone by what is not there', () => {
    const doc = withOutbox(reply('r1'));
    expect(closeEntry(doc, 'gone', 'sent', 5, never)).toBe(doc);
    expect(closeSent(doc, [], 5, never)).toBe(doc);
  });
});

describe('stored documents', () => {
  test('of a release without outcomes still load, and new ones come back as they were', async () => {
    const old = { ...EMPTY, outbox: [reply('r1', { messageId: 'm' })] };
    expect(await chatCodec.decode(JSON.stringify(old))).toEqual(old);
    const entry = broadcast('b:1', '文', { tries: 2, notBefore: 9, part: 1, sending: true, repeat: true });
    const doc = closeUnreachable(withOutbox(entry), 'blocked', 6, never);
    const full = { ...doc, outbox: [patchEntry(withOutbox(entry), 'b:1!', { tries: 3 }).outbox[0]!] };
    expect(await chatCodec.decode(chatCodec.encode(full))).toEqual(full);
  });

  test.each([
    ['outbox', [{ ...broadcast('b:1'), kind: 'letter' }]],
    ['outbox', [{ ...broadcast('b:1'), sending: false }]],
    ['ledger', [{ source: 'b:1', at: 1, outcome: 'lost' }]],
    ['reach', { state: 'unreachable', reason: 'moved', at: 1 }],
  ])('with a wrong %s are refused', async (field, value) => {
    await expect(chatCodec.decode(JSON.stringify({ ...EMPTY, [field]: value }))).rejects.toThrow(`at ${field}`);
  });

  test('a patched field that is undefined is gone', () => {
    const doc = patchEntry(withOutbox(broadcast('b:1', '', { sending: true })), 'b:1!', { sending: undefined });
    expect(Object.keys(doc.outbox[0] ?? {})).not.toContain('sending');
  });
});

describe('a channel that has to ask', () => {
  test('leaves what nobody asked for in the outbox; what it shows of that is in the ledger', async () => {
    const store = memoryStore(chatCodec);
    let next = 0;
    const deps = {
      store,
      advance: countingAdvance,
      clock: { now: () => 9 },
      ids: () => `i${(next += 1)}`,
      log: keptLog(),
      broken: BROKEN,
    };
    const assistant = createAssistant(deps);
    await put(store, 'test:a', broadcast('b:1'), broadcast('b:2'));
    await ask(assistant, '一', { pull: true });
    await ask(assistant, '二', { pull: true });
    expect((await store.read('test:a'))?.outbox.map(({ id }) => id)).toContain('b:1!');
    await assistant.delivered('test:a', ['b:1!']);
    void assistant.delivered('test:a', ['b:2!']);
    await assistant.handle(typed('三', { pull: true }));
    await assistant.settled();
    expect((await store.read('test:a'))?.ledger?.map(({ source, outcome }) => [source, outcome])).toEqual([
      ['b:1', 'sent'],
      ['b:2', 'sent'],
    ]);
  });
});
