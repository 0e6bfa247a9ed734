import type { Marks } from '../../app/ports.ts';
import type { Reader, Stored } from './reader.ts';
import type { TextParts } from './record.ts';

/** What a slot needs of the journal. */
export interface SlotHost {
  readonly reader: Reader;
  version(key: string): number | undefined;
  append(key: string, text: TextParts | null, marks: Marks): Promise<number>;
}

/** The place of one document in the journal. */
export class Slot {
  private readonly journal: SlotHost;
  private readonly key: string;

  constructor(journal: SlotHost, key: string) {
    this.journal = journal;
    this.key = key;
  }

  /** Number of the newest write, or undefined when there is no document. */
  version(): number | undefined {
    return this.journal.version(this.key);
  }

  /** @throws FaultyDocument when it cannot be read. */
  read(): Promise<Stored | undefined> {
    return this.journal.reader.read(this.key);
  }

  /** Appends one line; resolves with the new version when it is durable, rejects when it is not. */
  write(text: TextParts, marks: Marks): Promise<number> {
    return this.journal.append(this.key, text, marks);
  }

  /** Appends a note of deletion; resolves when it is durable, rejects when it is not. */
  async remove(): Promise<void> {
    await this.journal.append(this.key, null, { pending: false });
  }

  /** Sets the text aside as unreadable and refuses the key from now on. */
  setAside(reason: string): Promise<void> {
    return this.journal.reader.setAside(this.key, reason);
  }
}
