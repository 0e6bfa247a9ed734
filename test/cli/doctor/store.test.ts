import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { inspectDatabase } from '../../../src/cli/doctor/store.ts';
import { openPlace } from '../../../src/cli/store/place.ts';
import { sql, testServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

test('a database that is fresh, ready, half filled and refused are told apart, and nothing is changed', async () => {
  const url = await server.database();
  expect(await inspectDatabase(url)).toEqual({ tag: 'fresh' });
  expect(await inspectDatabase(url)).toEqual({ tag: 'fresh' });
  const quiet = (): void => undefined;
  const log = { info: quiet, warn: quiet, error: quiet };
  const { store } = await openPlace({ stateDir: 'unused', databaseUrl: url }, chatCodec, log);
  await store.close();
  expect(await inspectDatabase(url)).toEqual({ tag: 'ready' });
  await sql(url, `INSERT INTO voucher_moves VALUES ('directory', 'x', 1)`);
  expect(await inspectDatabase(url)).toEqual({ tag: 'moving' });
  const wrong = new URL(url);
  wrong.password = 'geheim-7F3';
  const refused = await inspectDatabase(wrong.href);
  expect(refused).toMatchObject({ tag: 'unusable', fault: expect.stringContaining('不接受') });
  expect(JSON.stringify(refused)).not.toContain('geheim');
});
