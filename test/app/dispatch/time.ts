import type { Timer, Wait } from '../../../src/app/dispatch/deps.ts';
import type { Clock } from '../../../src/app/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: (passed: boolean) => void;
}

/** The instant (UTC ms) at which every simulation begins. */
export const BEGINNING = Date.UTC(2026, 6, 15, 2);

/** Time that passes only when told to, and then at once: nothing in a simulation waits for a real clock. */
export class FakeTime implements Timer {
  private passed = 0;
  private sleepers: Sleeper[] = [];
  /** The wall clock runs with it; it may be set apart. */
  wallOffset = 0;

  readonly clock: Clock = { now: () => BEGINNING + this.passed + this.wallOffset };

  now(): number {
    return this.passed;
  }

  after(ms: number): Wait {
    let wake: (passed: boolean) => void = () => undefined;
    const done = new Promise<boolean>((resolve) => {
      wake = resolve;
    });
    const sleeper = { at: this.passed + Math.max(0, ms), wake };
    const index = this.sleepers.findIndex(({ at }) => at > sleeper.at);
    this.sleepers.splice(index < 0 ? this.sleepers.length : index, 0, sleeper);
    return {
      done,
      cancel: () => {
        this.sleepers = this.sleepers.filter((one) => one !== sleeper);
        wake(false);
      },
    };
  }

  /** Waits in simulated time. */
  async sleep(ms: number): Promise<void> {
    await this.after(ms).done;
  }

  /** Lets time pass until the condition holds, or so long (ms) has passed. True when the condition held. */
  async runUntil(condition: () => boolean, forMs: number): Promise<boolean> {
    const end = this.passed + forMs;
    for (;;) {
      await settle();
      if (condition()) return true;
      const next = this.sleepers[0];
      if (next === undefined || next.at > end) {
        this.passed = end;
        return false;
      }
      this.passed = Math.max(this.passed, next.at);
      this.sleepers.shift();
      next.wake(true);
    }
  }

  async run(forMs: number): Promise<void> {
    await this.runUntil(() => false, forMs);
  }
}

/** Lets everything run that needs no time to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
