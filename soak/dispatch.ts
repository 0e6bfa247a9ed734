import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killDispatcher } from '../test/app/dispatch/kill.ts';

const RECIPIENTS = 5_000;
const KILLS = 200;

/** A broadcast whose process is killed again and again; rejects when somebody was missed or repeated beyond the bound. */
export async function run(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'dispatch-soak-'));
  try {
    const outcome = await killDispatcher(join(dir, 'state'), RECIPIENTS, KILLS);
    for (const [name, value] of Object.entries(outcome)) console.log(`${name.padEnd(12)} ${value}`);
    const { missed, duplicates, allowed, unmarked, unsettled } = outcome;
    if (missed + unmarked + unsettled > 0 || duplicates > allowed) throw new Error(JSON.stringify(outcome));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
