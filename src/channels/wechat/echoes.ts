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

  /** Nobody knows what became of a message that left then. It is sent once more; after that nobody asks again. */
  lost(conversation: string, text: string, since: number): void {
    const key = digest(conversation, text);
    if (this.unknown.has(key)) this.unknown.delete(key);
    else this.unknown.set(key, since);
  }

  /** The message is known to have been shown. */
  settled(conversation: string, text: string): void {
    this.unknown.delete(digest(conversation, text));
  }

  /** The platform reports a message of the account. */
  heard(conversation: string, text: string): void {
    this.heardAt.set(digest(conversation, text), performance.now());
  }

  /** Whether nobody knows what became of the message when it was sent before. */
  isInDoubt(conversation: string, text: string): boolean {
    return this.unknown.has(digest(conversation, text));
  }

  /** Whether a message of unknown outcome was shown after all. */
  wasShown(conversation: string, text: string): boolean {
    const key = digest(conversation, text);
    const since = this.unknown.get(key);
    const heardAt = this.heardAt.get(key);
    return since !== undefined && heardAt !== undefined && heardAt >= since;
  }
}

function digest(conversation: string, text: string): string {
  return createHash('sha256').update(`${conversation}\n${text.trim()}`).digest('base64');
}
