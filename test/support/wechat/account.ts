import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import type { ChatDoc } from '../../../src/app/chatdoc.ts';
import { createAssistant } from '../../../src/app/assistant.ts';
import { createDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import { Handover } from '../../../src/app/handover.ts';
import type { Advance } from '../../../src/app/handle.ts';
import type { Assistant, Store } from '../../../src/app/ports.ts';
import type { Dispatcher } from '../../../src/app/outports.ts';
import { startWechat, type RunningWechat, type WechatDeps } from '../../../src/channels/wechat/channel.ts';
import { wechatyBots } from '../../../src/channels/wechat/library.ts';
import { peopleCodec, type PeopleDoc } from '../../../src/channels/wechat/people.ts';
import type { OpenBot } from '../../../src/channels/wechat/puppet.ts';
import { systemTimer } from '../../../src/cli/timer.ts';
import type { ChannelLimits } from '../../../src/outreach/pacing-limits.ts';
import { WAKING } from '../../../src/outreach/quiet.ts';
import type { ReachLimits } from '../../../src/outreach/reach-plan.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';
import { BROKEN, countingAdvance, keptLog, type KeptLog } from '../../app/support.ts';
import { WechatWorld } from './world.ts';

/** Puppets write below the home directory. */
export const HOME = mkdtempSync(join(tmpdir(), 'wechat-home-'));
process.env['HOME'] = HOME;
process.once('exit', () => rmSync(HOME, { recursive: true, force: true }));

export const QUICK: NonNullable<WechatDeps['times']> = {
  probeEvery: 100,
  probeWithin: 1_000,
  startWithin: 5_000,
  retryFirst: 5,
  retryCap: 100,
  callWithin: 1_000,
  settle: 0,
};

const LIMITS: ChannelLimits = {
  rates: { account: { messages: 10_000, perMs: 1_000 }, chat: { messages: 1_000, perMs: 1 } },
  retry: { firstMs: 5, capMs: 20, tries: 6, jitter: 0 },
  inFlight: 10,
  ahead: 2,
  queue: 1_000,
  sendTimeoutMs: 20_000,
  alarmHoldMs: 60_000,
};

/** More than any test sends. */
export const REACH: ReachLimits = {
  account: { messages: 10_000, perMs: 1_000 },
  gapMs: 1,
  perDay: 1_000_000,
  windowed: false,
  hours: WAKING,
};

/** A running account with everything around it. */
export interface Running {
  readonly world: WechatWorld;
  readonly channel: RunningWechat;
  readonly assistant: Assistant;
  readonly dispatcher: Dispatcher;
  readonly store: Store<ChatDoc>;
  readonly log: KeptLog;
  readonly announced: string[];
  readonly alarms: (string | undefined)[];
  readonly stop: () => Promise<void>;
}

export interface AccountOptions {
  readonly world?: WechatWorld;
  readonly store?: Store<ChatDoc>;
  readonly people?: Store<PeopleDoc>;
  readonly advance?: Advance;
  readonly assistant?: Assistant;
  readonly dispatcher?: Dispatcher;
  readonly limits?: ChannelLimits;
  readonly open?: OpenBot;
  readonly deps?: Partial<WechatDeps>;
  readonly now?: () => number;
}

/** Sessions by wechaty itself, each with a mock puppet of its own. */
export function mockBots(world: WechatWorld): OpenBot {
  return (events) => wechatyBots({ puppet: world.newPuppet(), card: join(HOME, 'login') })(events);
}

/** Starts an account; whoever does so has to stop it. */
export async function openAccount(options: AccountOptions = {}): Promise<Running> {
  const world = options.world ?? new WechatWorld();
  const store = options.store ?? memoryStore(chatCodec);
  const log = keptLog();
  const now = options.now ?? Date.now;
  const common = { store, clock: { now }, log, handover: new Handover() };
  let ids = 0;
  const assistant =
    options.assistant ??
    createAssistant({
      ...common,
      advance: options.advance ?? countingAdvance,
      ids: () => `${process.hrtime.bigint()}-${(ids += 1)}`,
      broken: BROKEN,
    });
  const dispatcher =
    options.dispatcher ??
    createDispatcher({ ...common, timer: systemTimer(), random: () => 0, limits: () => options.limits ?? LIMITS });
  const announced: string[] = [];
  const alarms: (string | undefined)[] = [];
  const channel = await startWechat({
    ...{ assistant, dispatcher, log, now },
    words: WECHAT_WORDS,
    pace: { reach: REACH, asidesPerMinute: 1_000, friendGapMs: 1, partGapMs: 0 },
    people: options.people ?? memoryStore(peopleCodec),
    earlier: async () => undefined,
    open: options.open ?? mockBots(world),
    picture: () => '[code]',
    announce: (text) => announced.push(text),
    alarm: (trouble) => alarms.push(trouble),
    times: QUICK,
    ...options.deps,
  });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      await channel.stop();
      await dispatcher.stop();
      await assistant.settled();
    })();
    return stopped;
  };
  return { world, channel, assistant, dispatcher, store, log, announced, alarms, stop };
}
