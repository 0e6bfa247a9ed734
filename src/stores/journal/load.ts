import { join } from 'node:path';
import type { Log } from '../../app/ports.ts';
import type { Catalogue } from './catalogue.ts';
import type { Files } from './files.ts';
import { hintedLength, readHint, writeHint } from './hint.ts';
import type { Quarantine } from './quarantine.ts';
import { decodeRecord, guessKey } from './record.ts';
import { hintPath, newSegment, numberIn, scanLines, segmentPath } from './segment.ts';
import type { Entry, RawLine, Segment } from './segment.ts';

/** What a start works with. */
export interface LoadContext {
  readonly dir: string;
  readonly files: Files;
  readonly log: Log;
  readonly catalogue: Catalogue;
  readonly quarantine: Quarantine;
}

interface Suspect {
  readonly key: string;
  readonly entry: Entry;
}

/** Reads every sound line into the catalogue; the lines that are not sound, apart by whether a sound one follows. */
async function readLines(segment: Segment, catalogue: Catalogue): Promise<{ middle: RawLine[]; tail: RawLine[] }> {
  const middle: RawLine[] = [];
  let tail: RawLine[] = [];
  for await (const lines of scanLines(segment.file, segment.length)) {
    for (const { offset, bytes } of lines) {
      const record = decodeRecord(bytes);
      if (record === undefined) {
        tail.push({ offset, bytes: Buffer.from(bytes) });
        continue;
      }
      middle.push(...tail);
      tail = [];
      const { key, seq, deleted, marks } = record;
      const entry = { segment: segment.number, offset, length: bytes.length, seq, deleted };
      catalogue.restore(key, entry, marks);
      segment.latest?.set(key, { entry, marks });
    }
  }
  return { middle, tail };
}

/** A crash in the middle of a write leaves a torn end behind. Nobody was told that it was written: it is cut off. */
async function cutTail(context: LoadContext, segment: Segment, tail: readonly RawLine[]): Promise<void> {
  const first = tail[0];
  if (first === undefined) return;
  const line = { offset: first.offset, bytes: Buffer.concat(tail.map(({ bytes }) => bytes)) };
  await context.quarantine.keep(line, segment.number, 'torn tail');
  await segment.file.truncate(first.offset);
  await segment.file.datasync();
  context.log.warn('store.tail-cut', { segment: segment.number, offset: first.offset, bytes: line.bytes.length });
  segment.length = first.offset;
}

async function scanSegment(context: LoadContext, segment: Segment, isLast: boolean): Promise<Suspect[]> {
  const { catalogue, quarantine, files, dir, log } = context;
  const { middle, tail } = await readLines(segment, catalogue);
  if (isLast) await cutTail(context, segment, tail);
  else middle.push(...tail);
  const suspects: Suspect[] = [];
  for (const line of middle) {
    segment.damaged = true;
    await quarantine.keep(line, segment.number, 'checksum');
    const key = guessKey(line.bytes);
    const { offset, bytes } = line;
    // Sequence 0: any sound line of the key is newer.
    const entry = { segment: segment.number, offset, length: bytes.length, seq: 0, deleted: false };
    if (key !== undefined) suspects.push({ key, entry });
  }
  if (!isLast && !segment.damaged) {
    await writeHint(files, dir, segment);
    log.info('store.hint-rebuilt', { segment: segment.number });
  }
  return suspects;
}

async function loadSegment(context: LoadContext, number: number, isLast: boolean): Promise<Suspect[]> {
  const { dir, files, catalogue, log } = context;
  const segment = newSegment(number, await files.open(segmentPath(dir, number)));
  catalogue.segments.set(number, segment);
  segment.length = await segment.file.size();
  const hinted = await readHint(files, dir, segment);
  let suspects: Suspect[] = [];
  if (hinted === undefined) {
    const before = await hintedLength(files, dir, number);
    suspects = await scanSegment(context, segment, isLast);
    // What was there when the process ended in order was acknowledged: no crash takes it away, only a disk does.
    if (segment.length < before) log.error('store.segment-short', { segment: number, bytes: before - segment.length });
  } else {
    for (const [key, { entry, marks }] of hinted) catalogue.restore(key, entry, marks);
    segment.latest = hinted;
  }
  // Only the segment still written to will need a hint again.
  if (!isLast) segment.latest = undefined;
  return suspects;
}

/**
 * Fills the catalogue from the directory. Hints are used where they fit; torn ends are cut off, damaged lines set aside.
 * A key of which only a damaged line is left stays known, so that it is refused and not taken for a new one.
 * @returns the highest write number seen.
 * @throws the system's error when a segment cannot be read; Error for records of a newer release.
 */
export async function loadSegments(context: LoadContext): Promise<number> {
  const { dir, files, catalogue } = context;
  const names = await files.list(dir);
  const numbers = names.flatMap((name) => numberIn(name, 'journal') ?? []).sort((a, b) => a - b);
  const suspects: Suspect[] = [];
  for (const number of numbers) {
    suspects.push(...(await loadSegment(context, number, number === numbers.at(-1))));
  }
  for (const { key, entry } of suspects) {
    if (catalogue.get(key) === undefined) catalogue.place(key, entry);
  }
  catalogue.settle();
  await removeStrays(context, names);
  return catalogue.lastSeq;
}

/** A crash may leave a hint without its segment, or one half-written under its temporary name. */
async function removeStrays({ dir, files, catalogue }: LoadContext, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const hint = numberIn(name, 'hint');
    if (hint !== undefined && !catalogue.segments.has(hint)) await files.remove(hintPath(dir, hint));
    if (/^\d{8,}\.hint\.\d+$/.test(name)) await files.remove(join(dir, name));
  }
}
