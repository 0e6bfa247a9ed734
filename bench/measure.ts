import { performance } from 'node:perf_hooks';

/** What one round of work took. */
export interface Round {
  /** By the clock: what a busy machine disturbs. */
  readonly perSecond: number;
  /** By the processor time of this process: what it does not, but waiting is left out. */
  readonly perCpuSecond: number;
}

/** The middle of the values; of an even number of them the upper one. NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Runs a round; `work` returns how many things it did. */
export async function round(work: () => number | Promise<number>): Promise<Round> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const count = await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / seconds, perCpuSecond: count / ((user + system) / 1_000_000) };
}

/** The medians over rounds, each figure on its own. */
export function middle(rounds: readonly Round[]): Round {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    perCpuSecond: median(rounds.map(({ perCpuSecond }) => perCpuSecond)),
  };
}

/**
 * The medians of several works, their rounds in turn, so that a neighbour on the machine disturbs all of them alike.
 * The first round of each only warms it up.
 */
export async function inTurn<Name extends string>(
  works: Readonly<Record<Name, () => number | Promise<number>>>,
  rounds: number,
): Promise<Record<Name, Round>> {
  const names = Object.keys(works) as Name[];
  const all = new Map<Name, Round[]>(names.map((name) => [name, []]));
  for (let index = 0; index <= rounds; index += 1)
    for (const name of names) {
      const one = await round(works[name]);
      if (index > 0) all.get(name)?.push(one);
    }
  return Object.fromEntries(names.map((name) => [name, middle(all.get(name) ?? [])])) as Record<Name, Round>;
}

/** Runs `count` calls with so many under way at a time. @returns `count`. */
export async function inFlight(count: number, atOnce: number, call: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await call(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return count;
}
