/** A call that did not end in its time; whether it had an effect is not known. */
export class TimedOut extends Error {
  constructor() {
    super('a call took too long');
    this.name = 'TimedOut';
  }
}

/**
 * The outcome of work, within so long (ms) and before the signal is aborted. What comes later is let go of.
 * @throws TimedOut; what the work throws.
 */
export async function bounded<Result>(
  ms: number,
  work: () => Promise<Result> | Result,
  signal?: AbortSignal,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  let giveUp: () => void = () => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(new TimedOut());
    timer = setTimeout(giveUp, ms);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
  try {
    // Puppets throw at once for some faults and reject for others.
    return await Promise.race([Promise.resolve().then(work), late]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/** A wait that can be ended early by anybody. A ring that nobody waits for ends the next wait at once. */
export class Bell {
  private readonly waiting = new Set<() => void>();
  private rung = false;

  /** Resolves after so long (ms), or when it rings. */
  async wait(ms: number): Promise<void> {
    const { rung, waiting } = this;
    this.rung = false;
    if (rung) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(end, ms);
      function end(): void {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      }
      waiting.add(end);
    });
  }

  ring(): void {
    if (this.waiting.size === 0) this.rung = true;
    for (const end of this.waiting) end();
  }
}

/** The name or code of an error, for the log: never its message, which may quote what somebody wrote. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}
