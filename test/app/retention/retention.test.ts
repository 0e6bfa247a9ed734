import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import type { BroadcastRecord } from '../../../src/app/records/kinds.ts';
import { documentCodec } from '../../../src/app/records/documents.ts';
import { timeOfId } from '../../../src/app/retention/age.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { keptLog } from '../support.ts';
import { ulidSource } from '../../../src/cli/ids.ts';
import { BureauWorld, SECOND, NOW as BUREAU_NOW } from '../staff/world.ts';
import { chatOf, DAY, HOUR, LIMITS, NOW, retentionWorld, settleIn } from './world.ts';

const { audit, broadcasts, chats, handled, invites, questions } = LIMITS;
const old = (days: number): number => NOW - (days + 1) * DAY;
const post = { programme: 'luoyang' };
const idAt = (at: number): string => ulidSource(() => at)();

function broadcast(id: string, at: number, fields: Partial<BroadcastRecord> = {}): BroadcastRecord {
  const totals = { sent: 1, failed: 0, ambiguous: 0, unsubscribed: 0, unreachable: 0, cancelled: 0, waiting: 0 };
  return {
    ...{ record: 'broadcast', v: 1, id, by: 't:o', post, audience: { programme: 'luoyang', cities: [] }, text: 't' },
    ...{ hash: 'h', count: 1, pages: 1, at, undoUntil: at, needsApproval: false, state: 'done', expanded: 1, totals },
    ...fields,
  };
}

describe('a run', () => {
  test('removes chats that nobody wants any more, and nothing else; then there is nothing to do', async () => {
    const world = retentionWorld();
    await settleIn(world);
    await world.put('t:gone', chatOf(chats.days + 1));
    await world.put('t:young', chatOf(1));
    await world.put('t:staff', chatOf(chats.days + 1));
    await world.put('schedule:plan', { ...newChatDoc('schedule:plan'), handled: ['dates'] });
    await world.records.put('staff', 't:staff', { record: 'staff', v: 1, chat: 't:staff', post, at: 1, invite: 'i' });
    expect(await world.retention.look(NOW)).toBe('done');
    expect(await world.keys()).toEqual(['@staff/t:staff', 'schedule:plan', 't:staff', 't:young']);
    expect((await world.chats.read('schedule:plan'))?.handled).toEqual(['dates']);
    expect(world.retention.figures()).toMatchObject({ removed: { chats: 1, handled: 2 }, doneAt: NOW });
    expect(world.log.lines).toHaveLength(1);
    expect(world.log.lines[0]).not.toContain('t:');
    expect(await world.retention.look(NOW + 23 * HOUR)).toBe('not-due');
    expect(await world.retention.look(NOW + 24 * HOUR)).toBe('done');
    expect(world.log.lines).toHaveLength(1);
  });

  test('that only looks changes nothing and says the same', async () => {
    const world = retentionWorld();
    await world.put('t:gone', chatOf(chats.days + 1));
    await world.put('t:long', chatOf(handled.days + 1));
    const shown = await world.retention.force(NOW, false);
    expect(shown).toMatchObject({ chats: 1, handled: 2 });
    expect(await world.keys()).toEqual(['t:gone', 't:long']);
    expect(await world.retention.force(NOW, true)).toEqual(shown);
    expect(await world.keys()).toEqual(['t:long']);
    expect(Object.values((await world.retention.force(NOW, true)) ?? {}).every((count) => count === 0)).toBe(true);
  });

  test('a clock that leaps ahead is not believed at once, and the operator hears of it', async () => {
    const world = retentionWorld();
    await settleIn(world);
    await world.put('t:a', chatOf(1));
    const wrong = NOW + 4_000 * DAY;
    expect(await world.retention.look(wrong)).toBe('not-due');
    expect(world.log.lines.join()).toContain('retention.clock-leapt');
    // The clock is right again.
    expect(await world.retention.look(NOW)).toBe('done');
    expect(await world.keys()).toEqual(['t:a']);
  });

  test('a document that cannot be read is left alone and holds up nobody', async () => {
    const world = retentionWorld();
    await settleIn(world);
    await world.put('t:b', chatOf(chats.days + 1));
    await world.store.update('t:a', () => ({ doc: { v: 9, outbox: [], state: {} } as never, result: undefined }));
    await world.store.update('@audit/a', () => ({ doc: { record: 'audit' } as never, result: undefined }));
    expect(await world.retention.look(NOW)).toBe('done');
    expect(await world.keys()).toEqual(['@audit/a', 't:a']);
  });

  test('somebody who writes at the last moment keeps the chat', async () => {
    const base = retentionWorld();
    const { store } = base;
    const world = retentionWorld(
      {},
      {
        ...store,
        read: (key) => store.read(key),
        keys: (prefix) => store.keys(prefix),
        async update(key, work) {
          if (key === 't:a') await base.put('t:a', chatOf(0));
          return store.update(key, work);
        },
      },
    );
    await base.put('t:a', chatOf(chats.days + 1));
    await world.retention.force(NOW, true);
    expect((await base.chats.read('t:a'))?.updatedAt).toBe(NOW);
  });

  test('gives back the room when something is gone, and lets others go first after every page', async () => {
    let erased = 0;
    let pauses = 0;
    const erase = async (): Promise<void> => void (erased += 1);
    const pause = async (): Promise<boolean> => (pauses += 1) > 0;
    const world = retentionWorld({ erase, pause, limits: { ...LIMITS, page: 10 } });
    await settleIn(world);
    for (let index = 0; index < 95; index += 1) await world.put(`t:${index}`, chatOf(chats.days + 1));
    await world.retention.look(NOW);
    expect(erased).toBe(1);
    expect(pauses).toBeGreaterThanOrEqual(10);
    await world.retention.look(NOW + DAY);
    expect(erased).toBe(1);
  });

  test('that was broken off is taken up at the next look; without the lease nothing is done', async () => {
    let going = true;
    let mine = true;
    const lease = { keep: async () => mine, release: async () => undefined };
    const world = retentionWorld({ pause: async () => going, lease, limits: { ...LIMITS, page: 3 } });
    await settleIn(world);
    for (let index = 0; index < 9; index += 1) await world.put(`t:${index}`, chatOf(chats.days + 1));
    mine = false;
    expect(await world.retention.look(NOW)).toBe('elsewhere');
    expect(await world.keys()).toHaveLength(9);
    [mine, going] = [true, false];
    expect(await world.retention.look(NOW)).toBe('stopped');
    expect(await world.keys()).toHaveLength(6);
    going = true;
    expect(await world.retention.look(NOW + HOUR)).toBe('done');
    expect(await world.keys()).toEqual([]);
  });
});

test('in a directory the room of what is gone is given back, and nothing of it can be read there any more', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'retention-'));
  const store = await lowdbStore({ dir, codec: documentCodec, log: keptLog() });
  const world = retentionWorld({ erase: () => store.compact() }, store);
  await settleIn(world);
  const name = '很久以前有限公司';
  const doc = chatOf(chats.days + 1, { enterprises: [{ id: 'e', name, dossiers: {} }] });
  for (let index = 0; index < 200; index += 1)
    await world.put(`t:${index}`, index % 2 === 0 ? doc : chatOf(handled.days + 1));
  const before = store.figures();
  expect(await world.retention.look(NOW)).toBe('done');
  const after = store.figures();
  expect([before.documents, after.documents]).toEqual([201, 101]);
  expect(after.bytes).toBeLessThan(before.bytes / 2);
  await store.close();
  const files = readdirSync(dir).filter((file) => file.endsWith('.journal'));
  expect(files.some((file) => readFileSync(join(dir, file), 'utf8').includes(name))).toBe(false);
});

describe('records', () => {
  test('go when they are too old', async () => {
    const { records, retention, keys } = retentionWorld();
    const invite = { record: 'invite', v: 1, post, at: 1 } as const;
    await records.put('invite', 'old', { ...invite, expires: old(invites.days) });
    await records.put('invite', 'new', { ...invite, expires: NOW });
    const staff = { record: 'staff', v: 1, post, at: 1, revoked: old(audit.days) } as const;
    await records.put('staff', 't:1', { ...staff, chat: 't:1', invite: 'old' });
    await records.put('staff', 't:2', { ...staff, chat: 't:2', invite: 'new' });
    await records.put('limit', 'bind/t:1', { record: 'limit', v: 1, misses: [old(invites.days)] });
    await records.put('limit', 'bind', { record: 'limit', v: 1, misses: [old(invites.days), NOW] });
    for (const at of [old(audit.days), NOW]) {
      await records.put('audit', idAt(at), { record: 'audit', v: 1, at, who: 'o', what: 'w', result: 'r' });
      await records.put('audit', `plain${at}`, { record: 'audit', v: 1, at, who: 'o', what: 'w', result: 'r' });
    }
    for (const at of [old(questions.days), NOW])
      await records.put('question', idAt(at), { record: 'question', v: 1, at, question: 'q', why: 'bad' });
    const shown = await retention.force(NOW, false);
    expect(shown).toMatchObject({ invites: 1, misses: 1, staff: 1, audit: 2, questions: 1 });
    expect(await retention.force(NOW, true)).toEqual(shown);
    const left = (await keys()).filter((key) => timeOfId(key.slice(key.indexOf('/') + 1)) === undefined);
    expect(left).toEqual([`@audit/plain${NOW}`, '@invite/new', '@limit/bind', '@staff/t:2']);
    expect(await records.ids('audit')).toHaveLength(2);
  });

  test('recipients go before their broadcast, those of none as well, and of one under way nothing', async () => {
    const { records, retention, keys } = retentionWorld();
    const page = { record: 'page', v: 1, recipients: [{ chat: 't:a', enterprise: 'e' }] } as const;
    const [over, gone, lost, fresh] = [0, 1, 2, 3].map((n) => idAt(n < 3 ? old(broadcasts.days) + n : NOW)) as [
      ...[string, string, string, string],
    ];
    await records.put('broadcast', over, broadcast(over, old(broadcasts.audience_days)));
    await records.put('broadcast', gone, broadcast(gone, old(broadcasts.days), { pages: 0 }));
    await records.put('broadcast', 'open', broadcast('open', old(broadcasts.days), { state: 'paused' }));
    for (const id of [over, lost, fresh, 'open']) await records.put('page', `${id}/00000`, page);
    expect(await retention.force(NOW, true)).toMatchObject({ audiences: 1, pages: 2, broadcasts: 1 });
    expect(await keys('@page/')).toEqual([`@page/${fresh}/00000`, '@page/open/00000']);
    expect(await keys('@broadcast/')).toEqual([`@broadcast/${over}`, '@broadcast/open']);
  });

  test('an officer whose role was taken back long ago cannot come back by the old code', async () => {
    const bureau = new BureauWorld();
    const { code } = (await bureau.operator({ verb: 'invite', province: true })) as { code: string };
    await bureau.say('t:o', `/bind ${code}`);
    await bureau.operator({ verb: 'revoke', chat: 't:o' });
    const { retention } = retentionWorld({}, bureau.store);
    for (const days of [invites.days, audit.days, chats.agreed_days + chats.days]) {
      bureau.now = BUREAU_NOW + (days + 9) * DAY;
      await retention.force(bureau.now, true);
      expect(await bureau.text('t:o', `/bind ${code}`)).not.toContain('已绑定');
    }
  });

  test('the report of a broadcast stays as it was when its recipients are gone', async () => {
    const bureau = new BureauWorld();
    for (const n of [1, 2]) await bureau.firm({ chat: `t:e${n}`, name: `${n}号有限公司` });
    await bureau.bind('t:o', '太原市');
    const id = await bureau.broadcast('t:o', '全部', '请尽快', 2);
    const back = await bureau.broadcast('t:o', '全部', '请尽快看', 2);
    await bureau.say('t:o', '撤回');
    await bureau.tick(120 * SECOND);
    await bureau.tick(SECOND);
    const of = async (one: string): Promise<unknown> =>
      ((await bureau.operator({ verb: 'broadcasts' }))['broadcasts'] as { id: string }[]).find(
        (found) => found.id === one,
      );
    const before = [await of(id), await of(back)];
    const { retention } = retentionWorld({}, bureau.store);
    const later = bureau.now + (broadcasts.audience_days + 1) * DAY;
    expect(await retention.force(later, true)).toMatchObject({ audiences: 2, pages: 2 });
    expect([await of(id), await of(back)]).toEqual(before);
    expect((await bureau.tick(DAY)).size).toBe(0);
  });
});
