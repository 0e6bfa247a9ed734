import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../../src/app/chatdoc.ts';
import type { Log, Store } from '../../../src/app/ports.ts';
import { startFaultText } from '../../../src/cli/faults.ts';
import { openPlace, type StorePlace } from '../../../src/cli/store/place.ts';
import { runStore } from '../../../src/cli/store/run.ts';
import { sql, testServer, type TestServer } from '../../support/postgres.ts';

const here = resolve(import.meta.dirname, '../../../src/cli');
const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

const fresh = (): string => mkdtempSync(join(tmpdir(), 'store-command-'));

interface Said {
  readonly code: number;
  readonly out: string;
}

/** Runs the command as its entry does. */
async function run(argv: readonly string[], { stateDir, databaseUrl }: StorePlace, now = 0): Promise<Said> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { STATE_DIR: stateDir, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' };
  const said = (): string => [stdout, stderr].map((one) => (one.read() as Buffer | null)?.toString() ?? '').join('');
  try {
    return { code: await runStore(argv, { stdout, stderr, here, now: () => now }, env), out: said() };
  } catch (error) {
    const text = startFaultText(error);
    if (text === undefined) throw error;
    return { code: 1, out: said() + text };
  }
}

/** A chat with a reply that was not handed over, for every third. */
function chat(key: string, index: number): ChatDoc {
  const reply = { id: `r${index}`, reply: { text: `第 ${index} 条` }, at: index };
  return { ...newChatDoc(key), handled: [`m${index}`], outbox: index % 3 === 0 ? [reply] : [], updatedAt: index };
}

async function inStore<Result>(place: StorePlace, work: (store: Store<ChatDoc>) => Promise<Result>): Promise<Result> {
  const { store } = await openPlace(place, chatCodec, log);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const keyOf = (index: number): string => `stdio:${(index * 7_919) % 1_000_003}`;

/** A directory with so many chats, written in another order than that of their keys. */
async function filled(count: number): Promise<string> {
  const dir = join(fresh(), 'state');
  await inStore({ stateDir: dir }, async (store) => {
    const keys = [...Array.from({ length: count }, (_, index) => keyOf(index)), '~', 'stdio:a\0b', '微信:😀'];
    await Promise.all(keys.map((key, index) => store.update(key, () => ({ doc: chat(key, index), result: 0 }))));
  });
  return dir;
}

const waiting = (place: StorePlace): Promise<string[]> => inStore(place, (store) => store.pending(100_000));

describe('a file', () => {
  test('holds everything; taken in elsewhere, all is as it was, and what waits to be sent keeps its order', async () => {
    const stateDir = await filled(60);
    const [file, again] = [join(fresh(), 'a.jsonl'), join(fresh(), 'b.jsonl')];
    expect((await run(['export', file], { stateDir })).out).toMatch(/已导出.*63 份/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const database = { stateDir: join(fresh(), 'none'), databaseUrl: await server.database() };
    expect((await run(['import', file], database)).out).toContain('两边一致');
    expect((await run(['export', again], database)).code).toBe(0);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
    const back = { stateDir: join(fresh(), 'state') };
    expect((await run(['import', again], back)).out).toContain('两边一致');
    for (const place of [database, back]) {
      expect(await waiting(place)).toEqual(await waiting({ stateDir }));
      expect(await run(['verify', file], place)).toMatchObject({ code: 0, out: expect.stringContaining('一致') });
    }
    expect(existsSync(database.stateDir)).toBe(false);
  });

  test('that is torn, changed or longer is refused before anything is written', async () => {
    const file = join(fresh(), 'a.jsonl');
    await run(['export', file], { stateDir: await filled(5) });
    const whole = readFileSync(file, 'utf8');
    const lines = whole.split('\n');
    const refused = async (text: string): Promise<string> => {
      writeFileSync(file, text);
      const target = { stateDir: join(fresh(), 'state') };
      const { code, out } = await run(['import', file], target);
      expect([code, existsSync(target.stateDir), existsSync(`${target.stateDir}.import`)]).toEqual([1, false, false]);
      return out;
    };
    expect(await refused(lines.slice(0, -2).join('\n'))).toContain('第 10 行');
    expect(await refused(whole.slice(0, -20))).toContain('第 10 行');
    expect(await refused(whole.replace('第 3 条', '第 4 条'))).toContain('第 10 行');
    expect(await refused([...lines.slice(0, 3), ...lines.slice(2)].join('\n'))).toContain('第 4 行');
    expect(await refused(`${whole}{}\n`)).toContain('第 11 行');
    expect(await refused('{"key":"a","doc":"{}"}\n')).toContain('第 1 行');
  });

  test('is not written over, and not mixed with what is there', async () => {
    const stateDir = await filled(2);
    const file = join(fresh(), 'a.jsonl');
    await run(['export', file], { stateDir });
    expect((await run(['export', file], { stateDir })).out).toContain('已经存在');
    expect((await run(['import', file], { stateDir })).out).toContain('已有数据');
    const nowhere = { stateDir: join(fresh(), 'nowhere') };
    expect((await run(['export', `${file}.2`], nowhere)).out).toContain('没有数据可读');
    expect(existsSync(nowhere.stateDir)).toBe(false);
  });

  test('a document that cannot be read is moved word for word, and named', async () => {
    const place = { stateDir: await filled(3), databaseUrl: await server.database() };
    await run(['migrate'], place);
    await sql(place.databaseUrl, `UPDATE voucher_documents SET doc = '{"v":9}' WHERE key = '微信:😀'`);
    const file = join(fresh(), 'a.jsonl');
    expect((await run(['verify'], place)).out).toContain('有 1 份不能读懂：微信:😀');
    expect((await run(['export', file], place)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('"{\\"v\\":9}"');
    await sql(place.databaseUrl, `UPDATE voucher_documents SET pending_order = 5 WHERE key = 'stdio:7919'`);
    expect(await run(['verify'], place)).toMatchObject({ code: 1, out: expect.stringContaining('有 1 份的待发标记') });
  });
});

describe('moving from the directory into a database', () => {
  test('killed on the way and started again it ends equal; until then nothing opens the database', async () => {
    const place = { stateDir: await filled(6_000), databaseUrl: await server.database() };
    const env = { ...process.env, STATE_DIR: place.stateDir, DATABASE_URL: place.databaseUrl, LOG_LEVEL: 'silent' };
    const child = spawn(process.execPath, ['--import', 'tsx', resolve('src/cli/store.ts'), 'migrate'], { env });
    const exit = once(child, 'exit');
    const copied = `SELECT copied::int FROM voucher_moves`;
    await vi.waitFor(async () => expect((await sql(place.databaseUrl, copied))[0]?.['copied']).toBeGreaterThan(0), {
      timeout: 20_000,
      interval: 5,
    });
    child.kill('SIGKILL');
    await exit;
    const [row] = await sql(place.databaseUrl, 'SELECT count(*)::int AS count FROM voucher_documents');
    expect(row?.['count']).toBeLessThan(6_003);
    await expect(inStore(place, async () => undefined)).rejects.toMatchObject({ trouble: 'moving' });
    expect((await run(['import', await exported(place.stateDir)], place)).out).toContain('搬迁还没有完成');

    const { code, out } = await run(['migrate'], place);
    expect([code, out]).toEqual([0, expect.stringMatching(/接着上次[\s\S]*6003 份.*两边一致/)]);
    expect(await waiting(place)).toEqual(await waiting({ stateDir: place.stateDir }));
    expect((await run(['migrate'], place)).out).toContain('已有数据');
  });

  async function exported(stateDir: string): Promise<string> {
    const file = join(fresh(), 'a.jsonl');
    await run(['export', file], { stateDir });
    return file;
  }

  test('the directory has changed since a broken move: all of it is compared and copied once more', async () => {
    const place = { stateDir: await filled(20), databaseUrl: await server.database() };
    await run(['migrate'], place);
    const source = `directory ${place.stateDir}`;
    await sql(place.databaseUrl, 'INSERT INTO voucher_moves VALUES ($1, $2, 9)', [source, 'zzz']);
    await inStore({ stateDir: place.stateDir }, async (store) => {
      await store.update(keyOf(3), () => ({ doc: null, result: 0 }));
      await store.update(keyOf(4), () => ({ doc: chat(keyOf(4), 999), result: 0 }));
    });
    expect((await run(['migrate'], place)).out).toMatch(/22 份.*两边一致/);
    expect(await inStore(place, (store) => store.read(keyOf(4)))).toMatchObject({ updatedAt: 999 });
  });
});

describe('what is too old', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');

  test.each(['directory', 'database'])('in a %s is shown first, then removed, once', async (kind) => {
    const place = {
      stateDir: kind === 'directory' ? await filled(20) : join(fresh(), 'none'),
      ...(kind === 'database' && { databaseUrl: await server.database() }),
    };
    if (kind === 'database')
      await inStore(place, async (store) => {
        for (let index = 0; index < 23; index += 1)
          await store.update(keyOf(index), () => ({ doc: chat(keyOf(index), index), result: 0 }));
      });
    const count = (): Promise<number> =>
      inStore(place, async (store) => {
        let found = 0;
        for await (const _ of store.keys()) found += 1;
        return found;
      });
    const before = await count();
    // Every third has something that was not handed over.
    const shown = await run(['retention', '--dry-run'], place, now);
    expect(shown).toMatchObject({ code: 0, out: '到期、会被删除的内容（这次没有删除）：\n  空的聊天：15\n' });
    expect(await count()).toBe(before);
    expect((await run(['retention'], place, now)).out).toBe('已删除到期的内容：\n  空的聊天：15\n');
    expect(await count()).toBe(before - 15);
    expect((await run(['retention'], place, now)).out).toBe('没有到期该删除的内容。\n');
  });
});

describe('the command line', () => {
  const nowhere = { stateDir: join(fresh(), 'nowhere') };

  test.each([
    [[]],
    [['export']],
    [['import']],
    [['copy']],
    [['migrate', 'x']],
    [['verify', 'a', 'b']],
    [['verify', '--dry-run']],
    [['--x']],
  ])('%j is not understood', async (argv) => {
    expect(await run(argv, nowhere)).toMatchObject({ code: 2, out: expect.stringContaining('用法') });
  });

  test('a move needs a database, and no word of it shows a password', async () => {
    expect((await run(['migrate'], nowhere)).out).toContain('DATABASE_URL');
    const url = new URL(await server.database());
    url.password = 'geheim-7F3';
    const { code, out } = await run(['verify'], { ...nowhere, databaseUrl: url.href });
    expect([code, out.includes('不接受'), out.includes('geheim')]).toEqual([1, true, false]);
  });
});
