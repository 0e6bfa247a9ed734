import { openSync, writeSync } from 'node:fs';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { sampleCodec } from '../sample.ts';

/*
 * The process that is killed. Each of ten keys counts up; a line `key count` is noted once the update is acknowledged.
 * The notes go to a file in one step each, because what is still on its way through a pipe dies with the process; the
 * pipe only tells how far it is. Arguments: the directory, and the file for the notes (without it: open and wait).
 */
const [dir = '', notes] = process.argv.slice(2);
const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };
const store = await lowdbStore({ dir, codec: sampleCodec, log, segmentBytes: 20_000, cachedDocuments: 5 });
process.stdout.write('open\n');
setInterval(quiet, 1_000);

async function countUp(key: string, file: number): Promise<void> {
  for (;;) {
    const count = await store.update(key, (doc) => {
      const next = (doc?.count ?? 0) + 1;
      return { doc: { version: 2, count: next, text: '申请'.repeat(next % 50), pending: true }, result: next };
    });
    writeSync(file, `${key} ${count}\n`);
    process.stdout.write('.\n');
  }
}

if (notes !== undefined) {
  const file = openSync(notes, 'a');
  await Promise.all(Array.from({ length: 10 }, (_, index) => countUp(`key/${index}`, file)));
}
