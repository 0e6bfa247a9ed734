/** So many messages in so many milliseconds. */
export interface Rate {
  readonly messages: number;
  readonly perMs: number;
}

/**
 * A limit watched as a window: message k leaves one period after the answer to message k − n. The platform counts a
 * message somewhere between its leaving and its answer, so whatever the latency, it never sees more than n in a period.
 * Instants are ms of any clock that never goes back.
 */
export class PaceWindow {
  private readonly rate: Rate;
  /** Messages that left and are not answered. */
  private flying = 0;
  /** When the answers came that are younger than a period, oldest first. */
  private readonly answers: number[] = [];

  constructor(rate: Rate) {
    this.rate = rate;
  }

  /** When so many more may leave: `now`, a later instant, or undefined while that depends on an answer to come. */
  freeAt(now: number, count = 1): number | undefined {
    this.forget(now);
    // More than a whole window can never leave at once; it then takes the whole.
    const wanted = Math.min(count, this.rate.messages);
    const missing = wanted - (this.rate.messages - this.flying - this.answers.length);
    if (missing <= 0) return now;
    const answer = this.answers[missing - 1];
    return answer === undefined ? undefined : answer + this.rate.perMs;
  }

  /** So many messages leave. */
  leave(count = 1): void {
    this.flying += count;
  }

  /** So many of those that left are answered, whatever the answer is. */
  answered(now: number, count = 1): void {
    this.flying -= count;
    for (let one = 0; one < count; one += 1) this.answers.push(now);
  }

  /** Whether the window knows nothing that could hold anything back. */
  isIdle(now: number): boolean {
    this.forget(now);
    return this.flying === 0 && this.answers.length === 0;
  }

  private forget(now: number): void {
    let past = 0;
    for (const answer of this.answers) {
      if (answer + this.rate.perMs > now) break;
      past += 1;
    }
    if (past > 0) this.answers.splice(0, past);
  }
}
