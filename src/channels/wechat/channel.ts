import { setTimeout as pause } from 'node:timers/promises';
import type { Assistant, Log, Store } from '../../app/ports.ts';
import type { Dispatcher } from '../../app/outports.ts';
import type { ReachLimits } from '../../outreach/reach-plan.ts';
import { Allowance } from './allowance.ts';
import { Arrivals } from './arrivals.ts';
import { Asides } from './asides.ts';
import { bounded } from './bounded.ts';
import { Door, type EarlierChat } from './door.ts';
import { Echoes } from './echoes.ts';
import { Friends } from './friends.ts';
import { Intake } from './intake.ts';
import { People, type PeopleDoc } from './people.ts';
import type { SessionTimes } from './line.ts';
import type { OpenBot, Puppet } from './puppet.ts';
import { Quota } from './quota.ts';
import { Roster } from './roster.ts';
import { messagesOf, showAside, wechatSender, type SenderDeps } from './sender.ts';
import { Session } from './session.ts';
import { Windows, type WindowOf } from './windows.ts';
import type { Trouble, WechatWords } from './words.ts';

/** What the account is allowed, besides what the dispatcher keeps to. */
export interface WechatPace {
  /** What it may say unasked. */
  readonly reach: ReachLimits;
  /** When it may write to somebody; absent: at any time. */
  readonly windowOf?: WindowOf;
  /** Messages a minute for what is said aside. */
  readonly asidesPerMinute: number;
  /** Between two friend requests that are accepted (ms). */
  readonly friendGapMs: number;
  /** Between two parts of one reply (ms). */
  readonly partGapMs: number;
}

/** Durations (ms). */
export interface WechatTimes extends SessionTimes {
  /** For one call of the puppet. */
  readonly callWithin: number;
  /** Messages older than this are not answered. */
  readonly ageLimit: number;
  /** A message waits so long for one that was written before it. */
  readonly settle: number;
}

export interface WechatDeps {
  readonly assistant: Assistant;
  readonly dispatcher: Pick<Dispatcher, 'attach' | 'deliver'>;
  readonly words: WechatWords;
  readonly pace: WechatPace;
  /** What is known of people beyond a login. */
  readonly people: Store<PeopleDoc>;
  /** What is known of a conversation; undefined when it holds nothing. */
  readonly earlier: (chat: string) => Promise<EarlierChat | undefined>;
  readonly open: OpenBot;
  /** A code as a picture of characters. */
  readonly picture: (code: string) => string;
  readonly log: Log;
  /** One sentence for the operator. */
  readonly announce: (text: string) => void;
  /** The account has stopped, or is back (undefined). */
  readonly alarm?: (trouble: Trouble | undefined) => void;
  /** UTC ms. */
  readonly now: () => number;
  readonly times?: Partial<WechatTimes>;
  /** How often a message is handed in before its writer is told that it could not be saved. */
  readonly attempts?: number;
}

const TIMES: WechatTimes = {
  probeEvery: 60_000,
  probeWithin: 15_000,
  startWithin: 60_000,
  retryFirst: 2_000,
  retryCap: 120_000,
  codeWithin: 300_000,
  callWithin: 30_000,
  ageLimit: 86_400_000,
  settle: 300,
};
const ATTEMPTS = 3;
const STOP_MS = 4_000;
/** What the account was reported of itself is waited for so long before something is said again. */
const CATCH_UP_MS = 5_000;

/** A running account. */
export interface RunningWechat {
  /** Takes no more messages, finishes those under way, and ends the session. What is to be sent is the dispatcher's. */
  stop(): Promise<void>;
  /** Resolves when everything that has arrived so far is stored or was told to be not. */
  settled(): Promise<void>;
}

/**
 * Starts an account; a code is shown when somebody has to log in. What is to be sent waits until then.
 * @throws WechatFault when the puppet is not installed or cannot be made.
 */
export async function startWechat(deps: WechatDeps): Promise<RunningWechat> {
  const { log, now, pace, words } = deps;
  const times = { ...TIMES, ...deps.times };
  const withinMs = times.callWithin;
  const end = new AbortController();
  const sleep = async (ms: number): Promise<void> => {
    await pause(ms, undefined, { signal: end.signal }).catch(() => undefined);
  };
  const people = new People(deps.people);
  const roster = new Roster();
  const echoes = new Echoes();
  const quota = new Quota(people, pace.reach, now);
  const windows = new Windows(people, pace.windowOf, now);
  const allowance = new Allowance({
    ...{ limits: pace.reach, quota, windows, now },
    messagesOf: (reply) => messagesOf(reply, words),
  });
  let puppet: Puppet | undefined;
  const session = new Session({
    ...{ open: deps.open, log, times },
    showCode: codeShower(deps),
    online(fresh) {
      roster.login(fresh);
      announceOnline(deps, puppet !== undefined);
      puppet = fresh;
      arrivals.again(fresh);
    },
    offline(trouble) {
      deps.announce(words.trouble[trouble]);
      deps.alarm?.(trouble);
    },
    message: (id, from) => arrivals.report(from, id),
    friendship: (id, from) => friends.report(from, id),
  });
  const sending: SenderDeps = {
    ...{ line: session, people, roster, allowance, echoes, words, log, withinMs, sleep },
    partGapMs: pace.partGapMs,
    caughtUp: () => bounded(CATCH_UP_MS, () => arrivals.settled()).catch(() => undefined),
  };
  const asides = new Asides({
    ...{ log, sleep },
    perMinute: pace.asidesPerMinute,
    show: (conversation, reply) => showAside(sending, conversation, reply),
  });
  const door = new Door({ people, words, isHere: (id) => roster.has(id), earlier: deps.earlier });
  const intake = new Intake({
    ...{ assistant: deps.assistant, dispatcher: deps.dispatcher, door, people, quota, windows, asides, words, log },
    attempts: deps.attempts ?? ATTEMPTS,
    settleMs: times.settle,
  });
  const arrivals = new Arrivals({ intake, asides, echoes, words, log, now, ageLimitMs: times.ageLimit, withinMs });
  const friends = new Friends({ intake, log, now, withinMs, gapMs: pace.friendGapMs, sleep });
  const settled = async (): Promise<void> => {
    await friends.settled();
    await arrivals.settled();
    await intake.settled();
  };
  await session.start();
  deps.dispatcher.attach(wechatSender(sending));
  return {
    settled,
    async stop() {
      asides.end();
      end.abort();
      // A puppet that hangs must not keep the process; what it has not given yet was not taken.
      await bounded(STOP_MS, async () => {
        await friends.end();
        await settled();
        await asides.settled();
      }).catch(() => undefined);
      await session.stop();
    },
  };
}

/** The same code comes again every few seconds; it is shown once. */
function codeShower({ announce, picture, words }: WechatDeps): (code: string) => void {
  let shown = '';
  return (code) => {
    if (code === shown) return;
    shown = code;
    announce(words.scan(`https://wechaty.js.org/qrcode/${encodeURIComponent(code)}`, picture(code)));
  };
}

function announceOnline({ alarm, announce, words }: WechatDeps, again: boolean): void {
  announce(again ? words.back : words.connected);
  alarm?.(undefined);
}
