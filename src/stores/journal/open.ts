import type { Log } from '../../app/ports.ts';
import { Catalogue } from './catalogue.ts';
import { nodeFiles } from './files.ts';
import type { Files } from './files.ts';
import { Journal } from './journal.ts';
import { loadSegments } from './load.ts';
import type { LoadContext } from './load.ts';
import { lockDirectory } from './lock.ts';
import { Quarantine } from './quarantine.ts';
import { createSegment } from './segment.ts';
import type { Segment } from './segment.ts';
import { asTrouble } from './trouble.ts';

/** What a journal needs to be opened. */
export interface JournalOptions {
  /** The directory, used by nothing else; made with mode 0700. */
  readonly dir: string;
  readonly log: Log;
  /** A segment is sealed when the next write would make it longer; default 64 MB. A longer document has its own. */
  readonly segmentBytes?: number;
  /** Share of waste above which a sealed segment is compacted, 0 to 1; default 0.5. */
  readonly deadShare?: number;
  /** Where files live; default the operating system. */
  readonly files?: Files;
}

const SEGMENT_BYTES = 67_108_864;
const DEAD_SHARE = 0.5;

async function currentSegment(context: LoadContext): Promise<Segment> {
  const { dir, files, catalogue } = context;
  const highest = Math.max(0, ...catalogue.segments.keys());
  const found = catalogue.segments.get(highest);
  if (found !== undefined) return found;
  const segment = await createSegment(files, dir, 1);
  catalogue.segments.set(1, segment);
  return segment;
}

/**
 * Locks the directory and opens the journal in it, made if there is none.
 * @throws StoreLocked when another process has it; StoreTrouble when it cannot be used.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  try {
    return await lockAndLoad(options);
  } catch (error) {
    throw asTrouble(options.dir, error);
  }
}

async function lockAndLoad(options: JournalOptions): Promise<Journal> {
  const { dir, log, files = nodeFiles } = options;
  await files.makeDirectory(dir);
  let journal: Journal | undefined;
  const lock = await lockDirectory(dir, () => {
    log.error('store.lock-lost');
    journal?.refuse(new Error(`another process has taken over ${dir}`));
  });
  const catalogue = new Catalogue();
  const context = { dir, files, log, catalogue, quarantine: new Quarantine(dir, files, log) };
  try {
    const lastSeq = await loadSegments(context);
    const current = await currentSegment(context);
    const { segmentBytes = SEGMENT_BYTES, deadShare = DEAD_SHARE } = options;
    journal = new Journal({ ...context, lock, current, segmentBytes, deadShare, lastSeq });
  } catch (error) {
    for (const { file } of catalogue.segments.values()) await file.close();
    await lock.release();
    throw error;
  }
  log.info('store.opened', { ...journal.figures() });
  return journal;
}
