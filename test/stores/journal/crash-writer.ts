import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { sampleCodec } from '../sample.ts';

/*
 * The process that is killed. Each of ten keys counts up; a line `key count` is printed once the update is acknowledged.
 * Arguments: the directory, and `write` or `hold` (open and wait).
 */
const [dir = '', mode] = process.argv.slice(2);
const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };
const store = await lowdbStore({ dir, codec: sampleCodec, log, segmentBytes: 20_000, cachedDocuments: 5 });
process.stdout.write('open\n');
setInterval(quiet, 1_000);

async function countUp(key: string): Promise<void> {
  for (;;) {
    const count = await store.update(key, (doc) => {
      const next = (doc?.count ?? 0) + 1;
      return { doc: { version: 2, count: next, text: '申请'.repeat(next % 50), pending: true }, result: next };
    });
    process.stdout.write(`${key} ${count}\n`);
  }
}

if (mode === 'write') await Promise.all(Array.from({ length: 10 }, (_, index) => countUp(`key/${index}`)));
