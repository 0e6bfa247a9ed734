import { performance } from 'node:perf_hooks';
import { run as broadcast } from './broadcast.ts';
import { run as dispatch } from './dispatch.ts';
import { run as kill } from './kill.ts';
import { run as model } from './model.ts';
import { run as move } from './move.ts';
import { run as pace } from './pace.ts';
import { run as postgres } from './postgres.ts';
import { run as questions } from './questions.ts';
import { run as store } from './store.ts';
import { run as telegram } from './telegram.ts';
import { run as wechat } from './wechat.ts';

/** The proofs at full size. Each prints its figures and rejects when something was lost. */
const PARTS: Readonly<Record<string, () => Promise<unknown>>> = {
  broadcast,
  dispatch,
  kill,
  store,
  postgres,
  move,
  model,
  telegram,
  pace,
  wechat,
  questions,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);

for (const [name, run] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  const start = performance.now();
  try {
    await run();
    console.log(`${name}: held, ${Math.round((performance.now() - start) / 1_000)} s`);
  } catch (error) {
    console.error(`${name}: FAILED`, error);
    process.exitCode = 1;
  }
}

// The library that starts databases ends the process with 0 once nothing is left to do, whatever has happened.
process.exit();
