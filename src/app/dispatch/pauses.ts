import type { Timer, Wait } from './deps.ts';

/** Waits that all end when the work is to stop. */
export class Pauses {
  private readonly timer: Timer;
  private readonly waits = new Set<Wait>();
  private ended = false;

  constructor(timer: Timer) {
    this.timer = timer;
  }

  /** Resolves after so long (ms): true, or false as soon as the work is to stop. */
  async pause(ms: number): Promise<boolean> {
    if (this.ended) return false;
    const wait = this.timer.after(ms);
    this.waits.add(wait);
    const passed = await wait.done;
    this.waits.delete(wait);
    return passed;
  }

  /** Ends every pause, now and from now on. */
  end(): void {
    this.ended = true;
    for (const wait of this.waits) wait.cancel();
  }
}
