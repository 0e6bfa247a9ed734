import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import type { ChatDoc } from '../../../src/app/chatdoc.ts';
import type { ChatState } from '../../../src/dialogue/index.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { keptLog } from '../../app/support.ts';
import { BotApi, TOKEN, type Shown } from '../../support/botapi/index.ts';
import { Talk } from '../../support/kit.ts';
import { bareEnvironment, start, type Program } from '../../support/program.ts';

/** How much is done. Everything by chance follows the seed. */
export interface KillPlan {
  readonly chats: number;
  readonly messagesPerChat: number;
  readonly kills: number;
  readonly seed: number;
}

export interface KillOutcome {
  /** Updates given to the bot, repeats included. */
  readonly given: number;
  readonly kills: number;
  /** Messages that a person saw twice. */
  readonly shownAgain: number;
  /** What must not be: an update lost or with a double effect, another answer than that of the undisturbed talk. */
  readonly faults: readonly string[];
}

/** Ways of talking, none of which depends on the date; every message changes what is kept or asked. */
const TALKS: readonly (readonly string[])[] = [
  [
    '/start',
    '山西',
    '资格自测',
    '1',
    '高新技术企业',
    '2',
    '上一步',
    '不清楚',
    '1',
    '跳过',
    '1',
    '10万',
    '改第1题',
    '1',
  ],
  ['/programme luoyang', '/check', '1', '1', '2', '1', '1', '上一步', '上一步', '1', '1', '1', '1', '1', '8万元', '1'],
  [
    '换企业 甲科技有限公司',
    '洛阳',
    '/check',
    '1',
    '换企业 乙软件有限公司',
    '/check',
    '2',
    '上一步',
    '1',
    '换企业 1',
    '1',
  ],
  ['你好', '洛阳', '太原找谁', '资格自测', '不清楚', '不清楚', '改第1题', '1', '重来', '1', '1', '1', '不清楚'],
];

/** Numbers below a bound, the same in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

function wordsOf(chat: number, count: number): string[] {
  const talk = TALKS[chat % TALKS.length]!;
  return Array.from({ length: count }, (_, index) => talk[index % talk.length]!);
}

/** The ids of enterprises are made by chance. */
function withoutIds({ enterprises, ...rest }: ChatState): object {
  return { ...rest, enterprises: enterprises.map(({ id: _id, ...own }) => own) };
}

/**
 * Gives the program the updates of many chats, each one to three times, while it is killed again and again, and compares
 * what is stored and what people saw with what the same talks lead to undisturbed.
 */
export async function killWhileTalking(program: Program, dir: string, plan: KillPlan): Promise<KillOutcome> {
  const { chats, messagesPerChat, kills, seed } = plan;
  const api = await BotApi.start();
  const next = chance(seed);
  const people = Array.from({ length: chats }, (_, index) => ({
    chat: index + 1,
    words: wordsOf(index, messagesPerChat),
    talk: new Talk(new Date().toISOString()),
    shown: [] as string[],
    ids: [] as string[],
  }));
  const updates: ReturnType<typeof api.people.text>[] = [];
  for (let turn = 0; turn < messagesPerChat; turn += 1)
    for (const { chat, words, talk, shown, ids } of people) {
      const update = api.people.text(chat, words[turn]!);
      ids.push(`u${update.update_id}`);
      shown.push(...talk.type(words[turn]!).map(({ text }) => text));
      updates.push(update);
    }
  // Repeats come later, at any distance.
  const given = updates.map((update, index) => ({ update, at: index }));
  for (const [index, update] of updates.entries())
    for (let more = next(3); more > 0; more -= 1)
      given.push({ update, at: index + next(updates.length - index) + 0.5 });
  given.sort((a, b) => a.at - b.at);

  let bot = startBot(program, dir, `${api.root}/first`);
  const share = Math.ceil(given.length / (kills + 1));
  for (let kill = 0; kill <= kills; kill += 1) {
    for (const { update } of given.slice(kill * share, (kill + 1) * share)) await api.give(update);
    if (kill === kills) break;
    const target = api.calls.length + 4 + next(Math.max(8, share));
    await Promise.race([api.until(() => api.calls.length >= target), bot.failed]);
    await bot.end('SIGKILL');
    await api.quiet();
    bot = startBot(program, dir, `${api.root}/after${kill}`);
  }
  const allShown = (): boolean =>
    api.queue.size === 0 &&
    people.every(({ chat, shown }) => {
      const messages = api.chats.of(chat);
      return messages.length >= shown.length && messages.at(-1)?.text === shown.at(-1);
    });
  await Promise.race([api.until(allShown), bot.failed]);
  await bot.end('SIGTERM');
  const faults: string[] = [];
  let shownAgain = 0;
  for (const { chat, shown } of people) {
    const { again, fault } = compare(api.chats.of(chat), shown);
    if (fault !== undefined) faults.push(`chat ${chat}: ${fault}`);
    shownAgain += again;
  }
  const store = await lowdbStore({ dir, codec: chatCodec, log: keptLog() });
  for (const { chat, talk, ids } of people)
    faults.push(...faultsOf(chat, await store.read(`telegram:${chat}`), talk, ids));
  await store.close();
  await api.stop();
  return { given: given.length, kills, shownAgain, faults };
}

interface RunningProgram {
  /** Rejects when the program ends by itself. */
  readonly failed: Promise<never>;
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
}

function startBot(program: Program, dir: string, apiRoot: string): RunningProgram {
  const child = start(program, 'main', [], {
    ...bareEnvironment(),
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: apiRoot, STATE_DIR: dir },
  });
  let said = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-2_000)));
  const exit = once(child, 'exit');
  const failed = exit.then(([code]) => {
    throw new Error(`the program has ended with ${code}: ${said}`);
  });
  failed.catch(() => undefined);
  return {
    failed,
    async end(signal) {
      child.kill(signal);
      await exit;
    },
  };
}

/**
 * What was shown has to be what was to be shown, in its order; only what one process said last, the next may say again.
 * Answers may be alike, so every place is followed that the messages so far can have led to.
 */
function compare(messages: readonly Shown[], expected: readonly string[]) {
  let places = new Set([0]);
  let before = '';
  for (const { text, via } of messages) {
    const next = new Set<number>();
    for (const at of places) {
      if (text === expected[at]) next.add(at + 1);
      if (at > 0 && text === expected[at - 1] && via !== before) next.add(at);
    }
    if (next.size === 0)
      return { again: 0, fault: `after answer ${[...places].join(' or ')} comes another, from ${via}` };
    places = next;
    before = via;
  }
  const again = messages.length - expected.length;
  return { again, fault: places.has(expected.length) ? undefined : 'answers are missing' };
}

function faultsOf(chat: number, doc: ChatDoc | undefined, talk: Talk, ids: readonly string[]): string[] {
  if (!doc) return [`chat ${chat}: nothing is stored`];
  const faults: string[] = [];
  if (!isDeepStrictEqual(doc.handled, ids.slice(-100))) faults.push(`chat ${chat}: not every update was handled once`);
  if (doc.outbox.length > 0) faults.push(`chat ${chat}: ${doc.outbox.length} replies are left`);
  const [stored, expected] = [withoutIds(doc.state), withoutIds(talk.state)];
  if (JSON.stringify(stored) !== JSON.stringify(expected)) faults.push(`chat ${chat}: the state is another`);
  return faults;
}
