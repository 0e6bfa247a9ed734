import { createHash } from 'node:crypto';
import { Newest } from './newest.ts';

const KEPT = 500;

/**
 * The account's own messages, which puppets report like all others: the only proof that a message was shown when the
 * call that sent it never came back. Holds digests, no words.
 */
export class Echoes {
  /** When an attempt began that nobody knows the outcome of, and when a message was last seen (ms, never going back). */
  private readonly unknown = new Newest<number>(KEPT);
  private readonly heardAt = new Newest<number>(KEPT);

  /** Nobody knows what became of a message that left then. */
  lost(conversation: string, text: string, since: number): void {
    this.unknown.set(digest(conversation, text), since);
  }

  /** The platform reports a message of the account. */
  heard(conversation: string, text: string): void {
    this.heardAt.set(digest(conversation, text), performance.now());
  }

  /** Whether a message of unknown outcome was shown after all; asked once. */
  wasShown(conversation: string, text: string): boolean {
    const key = digest(conversation, text);
    const since = this.unknown.get(key);
    const heardAt = this.heardAt.get(key);
    this.unknown.delete(key);
    return since !== undefined && heardAt !== undefined && heardAt >= since;
  }
}

function digest(conversation: string, text: string): string {
  return createHash('sha256').update(`${conversation}\n${text.trim()}`).digest('base64');
}
