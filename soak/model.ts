import { compareWithModel } from '../test/stores/model.ts';
import { lowdbSubject, memorySubject, postgresSubjects } from '../test/stores/subjects.ts';
import { testServer } from '../test/support/postgres.ts';

const HISTORIES = 10_000;

/** Compares every store with a plain map over 10,000 random histories; rejects with the shortest that differs. */
export async function run(): Promise<void> {
  console.log(`memory: ${await compareWithModel(memorySubject, HISTORIES)} histories`);
  console.log(`lowdb: ${await compareWithModel(lowdbSubject, HISTORIES)} histories`);
  const server = await testServer();
  try {
    const { make, end } = await postgresSubjects(await server.database());
    console.log(`postgres: ${await compareWithModel(make, HISTORIES)} histories`);
    await end();
  } finally {
    await server.remove();
  }
}
