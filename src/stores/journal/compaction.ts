import type { Catalogue } from './catalogue.ts';
import type { Copy } from './batch.ts';
import { readHint } from './hint.ts';
import type { LoadContext } from './load.ts';
import { decodeRecord } from './record.ts';
import { hintPath, scanLines, segmentPath } from './segment.ts';
import type { Entry, RawLine, Segment } from './segment.ts';
import type { Writer } from './writer.ts';

/** What compaction works with. `stopping` is asked between steps, so that closing need not wait for a whole segment. */
export interface CompactionContext extends LoadContext {
  readonly writer: Writer;
  readonly stopping: () => boolean;
  /** Whether the segment is the one written to, which is never compacted. */
  readonly isCurrent: (segment: Segment) => boolean;
}

/** The share of a segment nobody points to any more, 0 to 1. */
function deadShare(segment: Segment): number {
  return segment.length === 0 ? 1 : 1 - segment.live / segment.length;
}

function isOldest(catalogue: Catalogue, segment: Segment): boolean {
  for (const number of catalogue.segments.keys()) if (number < segment.number) return false;
  return true;
}

function bytesOf(catalogue: Catalogue, entries: ReadonlyMap<string, Entry>): number {
  let bytes = 0;
  for (const [key, entry] of entries) if (catalogue.get(key) === entry) bytes += entry.length;
  return bytes;
}

/**
 * The offsets worth a look, by the hint: a segment of busy documents is nearly all waste, and checking every line of it
 * would cost as much as writing it did. Undefined when there is no hint: then every line is looked at.
 */
async function liveOffsets(context: CompactionContext, segment: Segment): Promise<Set<number> | undefined> {
  const { catalogue, files, dir } = context;
  const hinted = await readHint(files, dir, segment);
  if (hinted === undefined) return undefined;
  const offsets = new Set<number>();
  for (const [key, { entry }] of hinted) {
    const newest = catalogue.get(key);
    if (newest?.segment === segment.number && newest.offset === entry.offset) offsets.add(entry.offset);
  }
  return offsets;
}

/** The live lines among these, ready to be copied; what may be forgotten instead is added to `forgotten`. */
async function liveLines(
  context: CompactionContext,
  segment: Segment,
  lines: readonly RawLine[],
  forgotten: Map<string, Entry>,
): Promise<Copy[]> {
  const { catalogue, quarantine } = context;
  const oldest = isOldest(catalogue, segment);
  const live: Copy[] = [];
  for (const raw of lines) {
    const record = decodeRecord(raw.bytes);
    if (record === undefined) {
      segment.damaged = true;
      await quarantine.keep(raw, segment.number, 'checksum');
      continue;
    }
    const { key, seq, deleted, marks } = record;
    const from = catalogue.get(key);
    if (from === undefined || from.segment !== segment.number || from.offset !== raw.offset) continue;
    // A deletion only has to hold as long as an older segment may still contain the document.
    if (deleted && oldest) forgotten.set(key, from);
    else live.push({ key, seq, deleted, marks, bytes: raw.bytes, from });
  }
  return live;
}

/**
 * Copies what is still live in a sealed segment to the current one and removes it. A crash in between leaves copies
 * twice, which does no harm: they carry the same sequence number. A segment with a damaged line is not removed, because
 * what is left of the document is in it.
 */
async function compactSegment(context: CompactionContext, segment: Segment): Promise<void> {
  const { catalogue, writer, files, dir, log } = context;
  const forgotten = new Map<string, Entry>();
  const { live, length } = segment;
  if (live > 0) {
    const wanted = await liveOffsets(context, segment);
    for await (const lines of scanLines(segment.file, length)) {
      if (context.stopping()) return;
      const candidates = wanted === undefined ? lines : lines.filter(({ offset }) => wanted.has(offset));
      const copies = await liveLines(context, segment, candidates, forgotten);
      if (copies.length > 0) await writer.copy(copies);
    }
  }
  if (segment.damaged || segment.live !== bytesOf(catalogue, forgotten)) return;
  await files.remove(hintPath(dir, segment.number));
  await files.remove(segmentPath(dir, segment.number));
  await files.syncDirectory(dir);
  for (const [key, entry] of forgotten) catalogue.forget(key, entry);
  catalogue.segments.delete(segment.number);
  await segment.file.close();
  log.info('store.compacted', { segment: segment.number, bytes: length, live });
}

/**
 * Compacts, oldest first and one at a time, every sealed segment with a larger share of waste than given (0 to 1).
 * Rejects with the system's error; what was not reached is found again next time.
 */
export async function compactAbove(context: CompactionContext, share: number): Promise<void> {
  const passed = new Set<number>();
  for (;;) {
    let next: Segment | undefined;
    for (const segment of context.catalogue.segments.values()) {
      if (context.isCurrent(segment) || segment.damaged || passed.has(segment.number)) continue;
      if (deadShare(segment) > share && segment.number < (next?.number ?? Infinity)) next = segment;
    }
    if (next === undefined || context.stopping()) return;
    passed.add(next.number);
    await compactSegment(context, next);
  }
}
