import { randomUUID } from 'node:crypto';
import type { Codec, Log } from '../../src/app/ports.ts';
import { Lease } from '../../src/stores/postgres/lease.ts';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';

/** The messages of a chat in the order in which they took effect. */
export interface Heard {
  readonly heard: readonly number[];
}

export const heardCodec: Codec<Heard> = {
  encode: (doc) => JSON.stringify(doc),
  decode: (text) => JSON.parse(text) as Heard,
  marks: ({ heard }) => ({ pending: heard.length % 2 === 0, due: 1_767_225_600_000 + heard.length }),
};

/** A message to be handled; `again` when nobody knows whether it was. */
export interface Order {
  readonly id: number;
  readonly chat: string;
  readonly n: number;
  readonly again: boolean;
}

/** What a worker tells: the outcome of an order, or that it has the lease (or no longer), with the time in ms. */
export type Report =
  | { readonly id: number; readonly outcome: 'done' | 'repeat' | 'twice' | 'failed' }
  | { readonly lease: 'acquired' | 'lost'; readonly at: number };

const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };

/** Handles orders from the parent process until it is killed or let go. */
async function serve(url: string): Promise<void> {
  const tell = (report: Report): void => void process.send?.(report);
  const store = await postgresStore({ url, codec: heardCodec, log });
  const now = (): number => performance.timeOrigin + performance.now();
  const lease = new Lease({
    ...{ store, log, name: 'poll', holder: randomUUID() },
    acquired: () => tell({ lease: 'acquired', at: now() }),
    lost: (late) => tell({ lease: 'lost', at: now() - late }),
  });
  lease.start();
  const handle = ({ chat, n, again }: Order) =>
    store.update(chat, (doc) => {
      const heard = doc?.heard ?? [];
      // A message that this store sees for the first time cannot have taken effect before.
      if (heard.includes(n)) return { result: again ? ('repeat' as const) : ('twice' as const) };
      return { doc: { heard: [...heard, n] }, result: 'done' as const };
    });
  process.on('message', (order: Order) => {
    handle(order).then(
      (outcome) => tell({ id: order.id, outcome }),
      () => tell({ id: order.id, outcome: 'failed' }),
    );
  });
  process.once('disconnect', () => void lease.stop().then(() => store.close()));
  process.send?.('ready');
}

const [url] = process.argv.slice(2);
if (url !== undefined && process.send !== undefined) await serve(url);
