import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createAssistant } from '../src/app/assistant.ts';
import { chatCodec } from '../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../src/app/chatdoc.ts';
import { createDispatcher } from '../src/app/dispatch/dispatcher.ts';
import { enqueue } from '../src/app/dispatch/outbox.ts';
import { Handover } from '../src/app/handover.ts';
import type { Log, Store } from '../src/app/ports.ts';
import type { Dispatcher } from '../src/app/outports.ts';
import { startTelegram } from '../src/channels/telegram/channel.ts';
import { ulidSource } from '../src/cli/ids.ts';
import { systemTimer } from '../src/cli/timer.ts';
import { limitsOf } from '../src/content/limits.ts';
import { openContent } from '../src/content/open.ts';
import { advance } from '../src/dialogue/index.ts';
import type { ChannelLimits } from '../src/outreach/pacing-limits.ts';
import { lowdbStore } from '../src/stores/lowdb.ts';
import { script } from '../conversations/index.ts';
import { TELEGRAM_MENUS, TELEGRAM_WORDS } from '../conversations/telegram.ts';
import { BROKEN } from '../conversations/trouble.ts';
import { TOKEN } from '../test/support/botapi/index.ts';
import type { Figure } from './figure.ts';
import { readInterviews, type Interview } from './interviews.ts';
import { loadKit } from './kit.ts';
import { median } from './measure.ts';
import type { Place } from './place.ts';
import { rivalOnServer } from './rival.ts';
import type { Done, Errand } from './telegram-people.ts';

const ROUNDS = 3;
const CHATS = 100;
const BROADCAST = 600;
const QUESTIONS = 60;
const NO_LIMIT = { messages: 1_000_000, perMs: 1_000 };

const log: Log = { info: () => undefined, warn: () => undefined, error: (name) => console.error(name) };

const CALL = `
import { parentPort, workerData } from 'node:worker_threads';
const { people } = await import(workerData.url);
await people(parentPort, workerData.perSecond);
`;

interface People {
  readonly root: string;
  readonly send: (errand: Errand) => Promise<Done>;
  readonly end: () => Promise<unknown>;
}

/** A Bot API with its people on another thread, so that the bots alone are measured here. */
async function openPeople({ parts }: Place, perSecond?: number): Promise<People> {
  const url = pathToFileURL(join(parts, 'telegram-people.js')).href;
  const worker = new Worker(CALL, { eval: true, execArgv: ['--input-type=module'], workerData: { url, perSecond } });
  const [root] = (await once(worker, 'message')) as [string];
  return {
    root,
    async send(errand) {
      worker.postMessage(errand);
      const [done] = (await once(worker, 'message')) as [Done];
      return done;
    },
    end: () => worker.terminate(),
  };
}

interface Own {
  readonly store: Store<ChatDoc>;
  readonly dispatcher: Dispatcher;
  readonly stop: () => Promise<void>;
}

/** The whole assistant as it runs: channel, conversation, embedded store, way out. */
async function openOwn(place: Place, root: string, limits: ChannelLimits, name: string): Promise<Own> {
  const kit = await loadKit(place);
  const store = await lowdbStore({ dir: join(place.work, name), codec: chatCodec, log });
  const clock = { now: () => Date.now() };
  const common = { store, clock, log, handover: new Handover() };
  const assistant = createAssistant({
    ...common,
    advance: (state, event, now, newId) => advance(kit, state, event, now, newId),
    ids: ulidSource(clock.now),
    broken: BROKEN,
  });
  const dispatcher = createDispatcher({
    ...common,
    timer: systemTimer(),
    random: Math.random,
    limits: () => limits,
  });
  const words = { ...TELEGRAM_WORDS, stale: script.say.staleButton() };
  const bot = await startTelegram(
    { token: TOKEN, apiRoot: root },
    { assistant, dispatcher, words, menus: TELEGRAM_MENUS, log, announce: () => undefined },
  );
  return {
    store,
    dispatcher,
    async stop() {
      await bot.stop();
      await dispatcher.stop();
      await assistant.settled();
      await store.close();
    },
  };
}

function talks(interviews: readonly Interview[]): Interview['messages'][] {
  return Array.from({ length: CHATS }, (_, index) => interviews[index % interviews.length]?.messages ?? []);
}

/** The same interviews, in turn, by the assistant and by a plain bot of the usual libraries; messages a second. */
async function throughput(place: Place, limits: ChannelLimits): Promise<Figure[]> {
  const interviews = readInterviews(place);
  const [forOwn, forRival] = [await openPeople(place), await openPeople(place)];
  const free = { ...limits, rates: { account: NO_LIMIT, chat: NO_LIMIT } };
  const own = await openOwn(place, forOwn.root, free, 'telegram');
  const rival = rivalOnServer(interviews, TOKEN, forRival.root, join(place.work, 'rival'));
  const running = rival.start();
  const rates = { own: [] as number[], rival: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const errand: Errand = { kind: 'interviews', first: 1 + round * CHATS, talks: talks(interviews) };
    const [a, b] = [await forOwn.send(errand), await forRival.send(errand)];
    // The first round warms up.
    if (round === 0) continue;
    rates.own.push(a.messages / a.seconds);
    rates.rival.push(b.messages / b.seconds);
  }
  await own.stop();
  await rival.stop();
  await running;
  await Promise.all([forOwn.end(), forRival.end()]);
  const [ours, theirs] = [median(rates.own), median(rates.rival)];
  return [
    { name: `Telegram, ${CHATS} chats at a time, no limit`, value: ours, unit: 'messages/s' },
    { name: 'a plain grammY bot with conversations in files', value: theirs, unit: 'messages/s' },
    { name: 'Telegram over the plain bot', value: ours / theirs, unit: 'times', atLeast: 1 },
  ];
}

/** How long people wait for an answer while a broadcast leaves as fast as the platform lets it. */
async function answersDuringBroadcast(place: Place, limits: ChannelLimits): Promise<Figure[]> {
  const people = await openPeople(place, limits.rates.account.messages);
  const own = await openOwn(place, people.root, limits, 'broadcast');
  const at = Date.now();
  await Promise.all(
    Array.from({ length: BROADCAST }, (_, index) => {
      const chat = `telegram:${1_000_000 + index}`;
      const reply = { text: `通知 ${index}` };
      const entry = { id: `b${index}`, reply, at, kind: 'broadcast', source: `bench/${chat}` } as const;
      return own.store.update(chat, (doc) => ({ doc: enqueue(doc ?? newChatDoc(chat), [entry]), result: undefined }));
    }),
  );
  own.dispatcher.nudge();
  const done = await people.send({ kind: 'questions', first: 1, count: QUESTIONS, everyMs: 250 });
  await own.stop();
  await people.end();
  const waits = done.waits.toSorted((a, b) => a - b);
  const at99 = waits[Math.ceil(waits.length * 0.99) - 1] ?? NaN;
  return [
    { name: 'answers while a broadcast runs, p50', value: median(waits), unit: 'ms' },
    { name: 'answers while a broadcast runs, p99', value: at99, unit: 'ms', atMost: 1_000 },
    { name: 'messages out meanwhile', value: done.shown / done.seconds, unit: 'messages/s' },
    { name: 'refused for coming too fast', value: done.refused, unit: 'messages' },
  ];
}

/** The Telegram channel on loopback. */
export async function run(place: Place): Promise<Figure[]> {
  const content = await openContent(join(place.root, 'data'), join(place.root, 'dist/data.json'));
  const file = content.channels.find(({ channel }) => channel === 'telegram');
  if (!file) throw new Error('data/channels has no limits for telegram');
  const limits = limitsOf(file);
  return [...(await throughput(place, limits)), ...(await answersDuringBroadcast(place, limits))];
}
