import { randomUUID } from 'node:crypto';
import { createAssistant } from '../../../src/app/assistant.ts';
import { createDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { Handover } from '../../../src/app/handover.ts';
import type { Sender } from '../../../src/app/outports.ts';
import type { Log } from '../../../src/app/ports.ts';
import { chatsOf, documentCodec } from '../../../src/app/records/documents.ts';
import { keepCarrying, openBureau } from '../../../src/cli/bureau/service.ts';
import { makeKit } from '../../../src/cli/compose.ts';
import { ulidSource } from '../../../src/cli/ids.ts';
import { heldSender, holdChannel } from '../../../src/cli/leases.ts';
import { systemTimer } from '../../../src/cli/timer.ts';
import { openContent } from '../../../src/content/open.ts';
import { Lease } from '../../../src/stores/postgres/lease.ts';
import { postgresStore } from '../../../src/stores/postgres/postgres.ts';
import { BROKEN, countingAdvance } from '../../app/support.ts';
import type { Order, Report } from '../postgres-worker.ts';
import { CHANNEL, FLEET_LIMITS } from './limits.ts';

/*
 * One of several assistants on one database: handles orders from the parent process, and sends what is to be sent while
 * it is the one that has the channel. Arguments: the database, the platform, how far the clock is from the machine's
 * (ms), the folder of the data.
 */
const [url = '', platform = '', offset = '0', data = ''] = process.argv.slice(2);
const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };
const tell = (report: Report): void => void process.send?.(report);

const content = await openContent(data, '');
const documents = await postgresStore({ url, codec: documentCodec, log });
const store = chatsOf(documents);
const clock = { now: () => Date.now() + Number(offset) };
const timer = systemTimer();
const common = { store, clock, log, handover: new Handover() };
const ids = ulidSource(clock.now);
const bureau = openBureau({ store: documents, kit: makeKit(content), content, ids, log });
const keepSource = (source: string): boolean => bureau.broadcasts.keeps(source);
const dispatcher = createDispatcher({
  ...{ ...common, timer, keepSource, random: Math.random, limits: () => FLEET_LIMITS },
  mayGo: async (source, _chat, doc) => (await bureau.mayGo(source, doc, clock.now())) ?? true,
});
const assistant = createAssistant({ ...common, advance: countingAdvance, keepSource, ids, broken: BROKEN });

const sender: Sender = {
  channel: CHANNEL,
  async send(chat, { text }) {
    try {
      const response = await fetch(platform, { method: 'POST', body: JSON.stringify({ chat, text }) });
      await response.text();
      return response.ok ? { kind: 'sent' } : { kind: 'later', scope: 'chat' };
    } catch {
      return { kind: 'ambiguous' };
    }
  },
};

const holder = randomUUID();
const held = holdChannel({
  ...{ store: documents, holder, channel: CHANNEL, log },
  async start(isHeld) {
    dispatcher.attach(heldSender(sender, isHeld));
    return { stop: () => dispatcher.detach(CHANNEL) };
  },
  changed: quiet,
  isFinal: () => false,
  pause: () => timer.after(1_000).done,
});
const now = (): number => performance.timeOrigin + performance.now();
const lease = new Lease({
  ...{ store: documents, log, name: 'poll', holder },
  acquired: () => tell({ lease: 'acquired', at: now() }),
  lost: (late) => tell({ lease: 'lost', at: now() - late }),
});
lease.start();
const stopCarrying = keepCarrying(bureau, { dispatcher, log, timer }, clock);

process.on('message', ({ id, chat, n, again }: Order) => {
  const inbound = { chat, event: { kind: 'text', text: `m${n}` }, messageId: `${n}` } as const;
  assistant.handle(inbound).then(
    (outgoing) => {
      dispatcher.deliver(chat, outgoing);
      tell({ id, outcome: outgoing.length === 0 && again ? 'repeat' : 'done' });
    },
    () => tell({ id, outcome: 'failed' }),
  );
});
process.once('disconnect', () => {
  void (async () => {
    await Promise.all([stopCarrying(), lease.stop(), held.stop()]);
    await dispatcher.stop();
    await assistant.settled();
    await documents.close();
  })();
});
process.send?.('ready');
