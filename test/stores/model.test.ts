import { describe, expect, test } from 'vitest';
import { testServer } from '../support/postgres.ts';
import { compareWithModel } from './model.ts';
import { lowdbSubject, memorySubject, postgresSubjects } from './subjects.ts';

describe('random histories end as in a plain map', () => {
  test('memory', async () => {
    expect(await compareWithModel(memorySubject, 1_000)).toBe(1_000);
  });

  test('lowdb', { timeout: 300_000 }, async () => {
    expect(await compareWithModel(lowdbSubject, 1_000)).toBe(1_000);
  });

  test('postgres', { timeout: 300_000 }, async () => {
    const server = await testServer();
    try {
      const { make, end } = await postgresSubjects(await server.database());
      expect(await compareWithModel(make, 1_000)).toBe(1_000);
      await end();
    } finally {
      await server.remove();
    }
  });
});
