import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import type { Place } from './place.ts';
import { caseLines } from './rules.ts';

const ROUNDS = 5;
const MANY = 6_000;
/** As few as show what a start costs; what is compiled on the way counts as work. */
const FEW = 1;

/** Seconds that `check --jsonl` takes for this input, from start to end. @throws when lines are missing. */
async function seconds({ root }: Place, lines: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/check.js'), '--jsonl'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let answers = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) answers += 1;
  });
  child.stdin.end(`${lines.join('\n')}\n`);
  await once(child, 'close');
  if (answers !== lines.length) throw new Error(`${answers} answers to ${lines.length} lines`);
  return (performance.now() - start) / 1_000;
}

/** The quick check as a process of its own over many lines; its start is taken out by the difference of two sizes. */
export async function run(place: Place): Promise<Figure[]> {
  const cases = caseLines(place);
  const input = Array.from({ length: MANY }, (_, index) => {
    const one = cases[index % cases.length];
    return JSON.stringify({ id: index, program: one?.program, now: one?.now, facts: one?.facts });
  });
  const whole: number[] = [];
  const starts: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    starts.push(await seconds(place, input.slice(0, FEW)));
    whole.push(await seconds(place, input));
  }
  const perSecond = (MANY - FEW) / (median(whole) - median(starts));
  return [
    { name: `check --jsonl, ${MANY} lines`, value: perSecond, unit: 'lines/s', atLeast: 2_000 },
    { name: 'check --jsonl, start and one line', value: median(starts) * 1_000, unit: 'ms' },
  ];
}
