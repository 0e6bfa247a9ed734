import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { documentCodec } from '../src/app/records/documents.ts';
import { lowdbStore } from '../src/stores/lowdb.ts';
import { stopAtRandom } from '../test/app/broadcast/random.ts';
import { keptLog } from '../test/app/support.ts';
import { content } from '../test/support/kit.ts';
import { BureauWorld, SECOND } from '../test/app/staff/world.ts';

const RUNS = 100;
const FIRMS = 40;
const RECIPIENTS = 5_000;

/** A broadcast at full size on the embedded store: every recipient once, and the report says so. */
async function fullSize(dir: string): Promise<void> {
  const store = await lowdbStore({ dir, codec: documentCodec, log: keptLog() });
  const limits = { ...content.bureau, broadcast: { ...content.bureau.broadcast, approval_from: RECIPIENTS + 1 } };
  const world = new BureauWorld(store, limits);
  await Promise.all(
    Array.from({ length: RECIPIENTS }, (_, index) => world.firm({ chat: `t:e${index}`, name: `${index}号有限公司` })),
  );
  await world.bind('t:o', '太原市');
  const timed = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    const result = await work();
    console.log(`${what.padEnd(26)} ${Math.round(performance.now() - start)} ms`);
    return result;
  };
  const id = await timed('written and confirmed', () =>
    world.broadcast('t:o', '全部', '【企业名称】还缺【缺少材料】', RECIPIENTS),
  );
  const shown = await timed('put into outboxes, shown', () => world.tick(120 * SECOND));
  await timed('report', () => world.tick(SECOND));
  const totals = (await world.records.read('broadcast', id))?.totals;
  await store.close();
  const once = [...shown.values()].filter((texts) => texts.length === 1).length;
  if (once !== RECIPIENTS || totals?.sent !== RECIPIENTS) throw new Error(JSON.stringify({ once, totals }));
}

/** Broadcasts stopped at random 100 times, and one of 5,000. Rejects when a report and what was shown differ. */
export async function run(): Promise<void> {
  const { faults, shown, cancelled } = await stopAtRandom(RUNS, FIRMS, 1);
  console.log(
    `${RUNS} broadcasts to ${FIRMS}: ${shown} messages shown, ${cancelled} cancelled, ${faults.length} differ`,
  );
  if (faults.length > 0) throw new Error(faults[0]);
  const dir = await mkdtemp(join(tmpdir(), 'broadcast-soak-'));
  try {
    await fullSize(join(dir, 'state'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
