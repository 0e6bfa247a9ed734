import { chatCodec } from '../../../src/app/chatcodec.ts';
import { createDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { Handover } from '../../../src/app/handover.ts';
import { systemTimer } from '../../../src/cli/timer.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { KILL_LIMITS } from './kill-limits.ts';

/*
 * The process that is killed: sends what is in the store to a platform on this machine. Prints `attached`, and `done`
 * when nothing is left. Arguments: the directory of the store, the address of the platform.
 */
const [dir = '', address = ''] = process.argv.slice(2);
const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };
const store = await lowdbStore({ dir, codec: chatCodec, log });
const timer = systemTimer();
const dispatcher = createDispatcher({
  store,
  clock: { now: () => Date.now() },
  timer,
  log,
  random: () => Math.random(),
  limits: () => KILL_LIMITS,
  handover: new Handover(),
});

dispatcher.attach({
  channel: 'test',
  async send(chat, { text }) {
    const response = await fetch(address, { method: 'POST', body: JSON.stringify({ chat, text }) });
    await response.text();
    return response.ok ? { kind: 'sent' } : { kind: 'later', scope: 'chat' };
  },
});
process.stdout.write('attached\n');

while ((await store.pending(1)).length > 0 || (await store.due(Infinity, 1)).length > 0) await timer.after(100).done;
await dispatcher.stop();
await store.close();
process.stdout.write('done\n');
