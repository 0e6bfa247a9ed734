import { describe, expect, test } from 'vitest';
import { fateOf } from '../../../src/app/retention/fate.ts';
import { timeOfId } from '../../../src/app/retention/age.ts';
import { ulidSource } from '../../../src/cli/ids.ts';
import { leadSource } from '../../../src/outreach/reminders.ts';
import { chatOf, DAY, FATE, LIMITS, NOW } from './world.ts';

const { chats, handled, ledger } = LIMITS;
const LONG = chats.days + 1;
const consent = { given: true, at: 1, wording: 'w' };
const entry = { id: 'o', reply: { text: 'x' }, at: 1 };
const line = (source: string, days: number) => ({ source, at: NOW - days * DAY, outcome: 'sent' as const });
const AHEAD = Date.parse('2026-06-20T10:00:00+08:00');

describe('a chat', () => {
  test.each([
    ['that was written to lately', chatOf(chats.days - 1), 'young'],
    ['of our own', chatOf(0, {}, { updatedAt: 0 }), 'ours'],
    ['with something to send', chatOf(LONG, {}, { outbox: [entry] }), 'outbox'],
    ['with a reminder of its own ahead', chatOf(LONG, { own: [{ id: 'w', at: NOW + DAY, text: 't' }] }), 'own'],
    ['with one that is due and not out yet', chatOf(LONG, { own: [{ id: 'w', at: NOW - DAY, text: 't' }] }), 'own'],
    ['that agreed to reminders', chatOf(LONG, { remind: true }), 'agreed'],
    ['that agreed to be seen', chatOf(LONG, { consents: { share: consent } }), 'agreed'],
  ] as const)('%s is kept', (_, doc, why) => {
    expect(fateOf(FATE, doc, false, NOW)).toMatchObject({ kind: 'keep', why });
  });

  test('of staff, or that a broadcast under way counts on, is kept', () => {
    expect(fateOf(FATE, chatOf(LONG), true, NOW)).toMatchObject({ why: 'staff' });
    const doc = chatOf(LONG, {}, { ledger: [line('broadcast:b', 900)] });
    const keeps = (source: string): boolean => source === 'broadcast:b';
    expect(fateOf({ ...FATE, keeps }, doc, false, NOW)).toMatchObject({ why: 'broadcast' });
    expect(fateOf(FATE, doc, false, NOW)).toMatchObject({ kind: 'remove' });
  });

  test('with a date ahead is kept, reminded of it or not, until it has passed or the papers are in', () => {
    const old = { updatedAt: AHEAD - LONG * DAY };
    const facts = { top: {}, services: [], servicesGiven: false };
    const state = (progress?: string) => ({
      enterprises: [{ id: 'e', dossiers: { 'shanxi-2026': { facts, ...(progress && { progress }) } } }],
    });
    expect(fateOf(FATE, chatOf(0, state(), old), false, AHEAD)).toMatchObject({ why: 'deadline' });
    expect(fateOf(FATE, chatOf(0, state('withdrawn'), old), false, AHEAD)).toMatchObject({ kind: 'remove' });
    expect(fateOf(FATE, chatOf(LONG, state()), false, NOW)).toMatchObject({ kind: 'remove' });
  });

  test.each([
    ['that nobody wrote to', chatOf(LONG), 'idle'],
    ['that wants nothing unasked', chatOf(LONG, { remind: true, stopped: 1 }), 'idle'],
    ['that agreed, and is silent even longer', chatOf(chats.agreed_days + 1, { remind: true }), 'idle'],
    [
      'that cannot be reached, with a reminder that is past',
      chatOf(
        LONG,
        { own: [{ id: 'w', at: NOW - DAY, text: 't' }], remind: true },
        { reach: { state: 'unreachable', reason: 'blocked', at: 1 } },
      ),
      'idle',
    ],
    [
      'of which everything was deleted',
      { ...chatOf(handled.days + 1), state: { v: 1, enterprises: [], current: 0, remind: false } },
      'empty',
    ],
  ] as const)('%s is removed', (_, doc, why) => {
    expect(fateOf(FATE, doc, false, NOW)).toEqual({ kind: 'remove', why });
  });

  test('a clock that was set back removes nothing', () => {
    const doc = chatOf(-LONG);
    expect(fateOf(FATE, doc, false, NOW)).toEqual({ kind: 'keep', why: 'young', doc });
  });
});

describe('out of a chat that stays', () => {
  const keptOf = (doc: ReturnType<typeof chatOf>, now = NOW) => {
    const fate = fateOf(FATE, doc, false, now);
    return fate.kind === 'keep' ? fate.doc : undefined;
  };

  test('go the ids of messages, but for the newest, and only when they are of no use', () => {
    expect(keptOf(chatOf(handled.days + 1))?.handled).toEqual(['m3']);
    const doc = chatOf(handled.days - 1);
    expect(keptOf(doc)).toBe(doc);
    const many = Array.from({ length: handled.ids + 5 }, (_, index) => `m${index}`);
    expect(keptOf(chatOf(1, {}, { handled: many }))?.handled).toHaveLength(handled.ids);
  });

  test('go lines of the ledger that are old', () => {
    const lines = [line('marked:x', ledger.days + 1), line('marked:y', ledger.days - 1)];
    expect(keptOf(chatOf(1, {}, { ledger: lines }))?.ledger).toEqual([lines[1]]);
    expect(keptOf(chatOf(1, {}, { ledger: lines.slice(0, 1) }))).not.toHaveProperty('ledger');
  });

  test.each(['', 'office:太原市/'])('stay lines whose date is ahead, however old: %s', (prefix) => {
    const source = prefix + leadSource('shanxi-2026', 'sx_enterprise_deadline', 30, 1);
    const at = AHEAD - 9_999 * DAY;
    const doc = chatOf(0, {}, { updatedAt: AHEAD, ledger: [{ source, at, outcome: 'sent' }] });
    expect(keptOf(doc, AHEAD)).toBe(doc);
    expect(keptOf({ ...doc, updatedAt: AHEAD + 40 * DAY }, AHEAD + 40 * DAY)).not.toHaveProperty('ledger');
  });
});

test('an id tells when it was made, if it is one that does', () => {
  const ids = ulidSource(() => NOW);
  expect([timeOfId(ids()), timeOfId(ids()), timeOfId('id00000001'), timeOfId('')]).toEqual([
    NOW,
    NOW,
    undefined,
    undefined,
  ]);
});
