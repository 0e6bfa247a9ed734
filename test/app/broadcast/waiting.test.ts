import { expect, test } from 'vitest';
import type { Store } from '../../../src/app/ports.ts';
import { documentCodec, type AnyDoc } from '../../../src/app/records/documents.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { content } from '../../support/kit.ts';
import { BureauWorld, SECOND } from '../staff/world.ts';

const FIRMS = 300;

test('while a broadcast waits, carrying it on reads a few documents, not those of all receivers', async () => {
  const store = memoryStore(documentCodec);
  let reads = 0;
  const counted: Store<AnyDoc> = {
    update: (key, work) => store.update(key, work),
    read: (key) => {
      reads += 1;
      return store.read(key);
    },
    pending: (limit) => store.pending(limit),
    due: (now, limit) => store.due(now, limit),
    keys: (prefix) => store.keys(prefix),
    close: () => store.close(),
  };
  const { broadcast } = content.bureau;
  const world = new BureauWorld(counted, { ...content.bureau, broadcast: { ...broadcast, approval_from: FIRMS + 1 } });
  for (let index = 0; index < FIRMS; index += 1) await world.firm({ chat: `t:e${index}`, name: `${index}号有限公司` });
  await world.bind('t:o', '太原市');
  const id = await world.broadcast('t:o', '全部', '请尽快', FIRMS);
  world.now += 200 * SECOND;
  // Put into the outboxes, and not handed over yet.
  await world.service.carry(world.now);
  reads = 0;
  await world.service.broadcasts.run(world.now);
  expect(reads).toBeLessThan(100);
  // Handed over, it is counted and closed.
  expect((await world.tick(SECOND)).size).toBeGreaterThanOrEqual(FIRMS);
  await world.tick(SECOND);
  expect((await world.records.read('broadcast', id))?.totals).toMatchObject({ sent: FIRMS, waiting: 0 });
});
