import { join } from 'node:path';
import type { Log } from '../../app/ports.ts';
import type { Files } from './files.ts';
import type { RawLine } from './segment.ts';

/** Where lines are put that cannot be read, for a person to look at. Nothing is ever removed from it by the program. */
export class Quarantine {
  private readonly dir: string;
  private readonly files: Files;
  private readonly log: Log;

  constructor(dir: string, files: Files, log: Log) {
    this.dir = join(dir, 'quarantine');
    this.files = files;
    this.log = log;
  }

  /**
   * Keeps a copy of the line and reports it. The name comes from the content, so that a line met at every start is
   * kept once. Never rejects: a full disk must not keep the sound documents from being read.
   */
  async keep(line: RawLine, segment: number, reason: string): Promise<void> {
    // Loaded by need: most starts meet nothing to be kept.
    const { createHash } = await import('node:crypto');
    const name = `${createHash('sha256').update(line.bytes).digest('hex').slice(0, 16)}.line`;
    const fields = { reason, segment, offset: line.offset, bytes: line.bytes.length, file: name };
    try {
      await this.files.makeDirectory(this.dir);
      const known = await this.files.list(this.dir);
      if (!known.includes(name)) await this.files.replace(join(this.dir, name), line.bytes);
      this.log.error('store.quarantined', fields);
    } catch (error) {
      this.log.error('store.quarantine-failed', { ...fields, error: String(error) });
    }
  }
}
