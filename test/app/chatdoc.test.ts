import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../src/app/chatdoc.ts';

const DOC: ChatDoc = {
  ...newChatDoc('stdio:一'),
  state: {
    v: 1,
    programme: 'luoyang',
    current: 0,
    remind: true,
    enterprises: [
      {
        id: 'e1',
        name: '某公司',
        dossiers: {
          luoyang: {
            facts: {
              top: { 'applicant.size': 'small', x: null, y: false },
              services: [{ 'services[].fee': 1_850_000 }],
              servicesGiven: true,
            },
            interview: {
              flow: 'eligibility',
              asked: [{ step: { kind: 'more', service: 0 }, before: [{ path: 'x', value: null }] }],
              opened: [],
              more: ['no'],
              pending: { kind: 'bundle', id: 'basics', part: 1 },
              misses: 0,
              done: false,
            },
          },
        },
      },
    ],
  },
  handled: ['m1'],
  outbox: [{ id: 'o1', reply: { text: '好', choices: [{ id: 'a', label: '甲' }], result: { a: 1 } }, at: 5 }],
};

/** The document with something else at a path. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const copy = JSON.parse(chatCodec.encode(DOC)) as Record<string | number, never>;
  let place: Record<string | number, unknown> = copy;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  place[path.at(-1) ?? ''] = value;
  return JSON.stringify(copy);
}

describe('the chat document', () => {
  test('comes back as it was', async () => {
    expect(await chatCodec.decode(chatCodec.encode(DOC))).toEqual(DOC);
    expect(await chatCodec.decode(chatCodec.encode(newChatDoc('a')))).toEqual(newChatDoc('a'));
  });

  test('keeps fields that only a newer release knows', async () => {
    expect(await chatCodec.decode(changed(['state', 'later'], { a: 1 }))).toMatchObject({ state: { later: { a: 1 } } });
  });

  test('is pending while something is not handed over', () => {
    expect([chatCodec.marks(DOC), chatCodec.marks(newChatDoc('a'))]).toEqual([{ pending: true }, { pending: false }]);
  });

  test.each([
    [['v'], 2],
    [['chat'], ''],
    [['state'], null],
    [['state', 'v'], '1'],
    [['state', 'current'], -1],
    [['state', 'remind'], 'yes'],
    [['state', 'enterprises', 0, 'dossiers', 'luoyang', 'facts', 'top', 'x'], { a: 1 }],
    [['state', 'enterprises', 0, 'dossiers', 'luoyang', 'facts', 'services', 0], 'x'],
    [['state', 'enterprises', 0, 'dossiers', 'luoyang', 'interview', 'pending', 'kind'], 'other'],
    [['state', 'enterprises', 0, 'dossiers', 'luoyang', 'interview', 'misses'], null],
    [['handled', 0], 7],
    [['outbox', 0, 'reply'], '好'],
    [['outbox', 0, 'at'], 'today'],
  ])('with a wrong %j is refused, without its words in the reason', async (path, value) => {
    await expect(chatCodec.decode(changed(path, value))).rejects.toThrow(`at ${path.join('.')}`);
  });

  test('nothing else passes for one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        await expect(chatCodec.decode(text)).rejects.toThrow();
      }),
    );
  });
});
