import { createAssistant } from '../app/assistant.ts';
import type { ChatDoc } from '../app/chatdoc.ts';
import { chatsOf, documentCodec } from '../app/records/documents.ts';
import type { Alarm, Go, Timer } from '../app/dispatch/deps.ts';
import { createDispatcher, type OwnDispatcher } from '../app/dispatch/dispatcher.ts';
import { noteReach } from '../app/dispatch/reach.ts';
import { Handover } from '../app/handover.ts';
import { migrateChat } from '../app/migrate.ts';
import { nextDue, reminderMayGo } from '../app/tickplan.ts';
import type { Assistant, Clock, Log, Store } from '../app/ports.ts';
import type { Config, LogLevel } from '../config.ts';
import { leadEnds } from '../outreach/reminders.ts';
import type { ChannelFile } from '../content/channels.ts';
import type { Content } from '../content/content.ts';
import { kindOf, limitsOf } from '../content/limits.ts';
import { openContent } from '../content/open.ts';
import type { OperationsFile } from '../content/operations.ts';
import { compileProgramme } from '../policy/index.ts';
import { buildGuide, buildKnowledge, stepWithDesk, type Kit } from '../dialogue/index.ts';
import { indexPlaces, type PlaceIndex } from '../understanding/index.ts';
import { script } from '../../conversations/index.ts';
import { BROKEN } from '../../conversations/trouble.ts';
import { ALARM_SOURCE } from './alarms.ts';
import { openBureau, type BureauService } from './bureau/service.ts';
import { calendarFiles } from './calendar.ts';
import { ulidSource } from './ids.ts';
import { rarely } from './rarely.ts';
import { openRetention, type Retaining } from './retaining.ts';
import { locateData } from './locate.ts';
import { stderrLog } from './log.ts';
import { secretsOf } from './redact.ts';
import { systemTimer } from './timer.ts';
import { openUnasked, type Unasked } from './unasked.ts';
import { openPlace, type OpenStore } from './store/place.ts';

/** The secrets among the settings, so that none is ever logged. */
type Secrets = Partial<Pick<Config, 'telegram' | 'alertWebhookUrl'>>;

export interface ComposeOptions extends Secrets {
  /** The folder that the command runs from; data/ is found from there. */
  readonly here: string;
  readonly stateDir: string;
  /** Set, it replaces the directory. */
  readonly databaseUrl?: string | undefined;
  readonly logLevel: LogLevel;
  /** The way into WeChat, by which its limits are chosen. */
  readonly wechat?: Config['wechat'];
  /** Told of what an operator has to know: of sending, and of every error that is logged. */
  readonly alarm?: Alarm<string>;
}

/** A running assistant. */
export interface Composed {
  readonly assistant: Assistant;
  /** The way out of the channels that can write at any time; idle until one is attached. */
  readonly dispatcher: OwnDispatcher;
  readonly log: Log;
  readonly timer: Timer;
  readonly unasked: Unasked;
  readonly bureau: BureauService;
  /** How a channel is sent to, as data/ says it. */
  readonly channelFile: (channel: string) => ChannelFile | undefined;
  readonly ids: () => string;
  readonly operations: OperationsFile;
  /** The documents of chats. */
  readonly store: Store<ChatDoc>;
  readonly retaining: Retaining;
  /** What one process alone may do; absent: this is the only one. */
  readonly leases?: OpenStore<never>['leases'];
  /** What is kept of a chat. @throws FaultyDocument; the store's error. */
  readonly chatDoc: (chat: string) => Promise<ChatDoc | undefined>;
  /** Lets a conversation go on under another key. @throws the store's error. */
  readonly migrate: (from: string, to: string) => Promise<void>;
  /** Notes that a chat can, or cannot, be written to. Never rejects. */
  readonly reachable: (chat: string, reachable: boolean) => Promise<void>;
  /** Waits for open work, flushes, and releases the directory. */
  readonly close: () => Promise<void>;
}

/** Compaction rewrites whole segments: many deletions in a row share one. */
const ERASE_EVERY_MS = 10 * 60_000;

const CLOCK: Clock = { now: () => Date.now() };

/** What conversations work with, made of the content of data/. @throws DataFault naming file and path. */
export function makeKit(content: Content, calendarPath?: (programme: string) => string): Kit {
  let places: PlaceIndex | undefined;
  return {
    guides: new Map(content.programmes.map((files) => [files.programme.id, buildGuide(files, compileProgramme)])),
    get places() {
      places ??= indexPlaces(content.places.flatMap((file) => [...file.places]));
      return places;
    },
    standard: content.standard,
    knowledge: buildKnowledge(content),
    script,
    get retention() {
      return content.operations.retention.chats;
    },
    ...(calendarPath && { calendarPath }),
  };
}

/**
 * Opens the content and the store, and puts the assistant together.
 * @throws DataFault for a fault in data/; StoreLocked when another process has the directory; DatabaseFault when the
 * database cannot be used; the system's error.
 */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { here, stateDir, databaseUrl, logLevel, wechat, alarm } = options;
  const { dataDir, compiledFile } = locateData(here);
  const log = stderrLog(logLevel, secretsOf(options), alarm);
  const content = await openContent(dataDir, compiledFile);
  const calendars = calendarFiles(stateDir, content.programmes);
  const kit = makeKit(content, calendars.path);
  const { store: documents, compact, ...place } = await openPlace({ stateDir, databaseUrl }, documentCodec, log);
  const store = chatsOf(documents);
  const common = { store, clock: CLOCK, log, handover: new Handover() };
  const ids = ulidSource(() => CLOCK.now());
  const plan = { kit, calendar: content.calendar };
  const bureau = openBureau({
    ...{ store: documents, kit, content, ids, log },
    // The way out is opened after what it asks; nobody asks before a message comes.
    account: (channel) => dispatcher.account(channel),
  });
  const mayGo = (source: string, _chat: string, doc: ChatDoc, now = CLOCK.now()): Go =>
    bureau.mayGoNow(source, doc, now) ?? reminderMayGo(plan, source, doc, now);
  const programme = (id: string) => kit.guides.get(id)?.programme;
  const keepSource = (source: string): boolean =>
    bureau.broadcasts.keeps(source) || (leadEnds(source, programme) ?? 0) >= CLOCK.now();
  const assistant = createAssistant({
    ...common,
    nextDue: (doc, now) => nextDue(plan, doc, now),
    advance: (state, event, now, newId, aside) => stepWithDesk(kit, state, event, now, newId, aside),
    desk: (call, asker) => bureau.answer(call, asker),
    keep: (kept, now) => bureau.questions.keep(kept, now),
    keepSource,
    handledKept: content.operations.retention.handled.ids,
    ids,
    broken: BROKEN,
    provide: calendars.provide,
    // A journal still holds what earlier writes said; a request for deletion reaches those lines too.
    ...(compact && {
      erase: rarely(ERASE_EVERY_MS, () =>
        compact().catch((error: unknown) => {
          log.error('erase.failed', { error: error instanceof Error ? error.name : typeof error });
        }),
      ),
    }),
  });
  const channelFile = (channel: string): ChannelFile | undefined =>
    content.channels.find((one) => one.channel === channel);
  const timer = systemTimer();
  const dispatcher = createDispatcher({
    ...common,
    timer,
    ...(alarm && { alarm }),
    async mayGo(source, chat, doc) {
      if (source.startsWith(ALARM_SOURCE)) return true;
      // Somebody may have stopped it in another process.
      return (await bureau.mayGo(source, doc, CLOCK.now())) ?? mayGo(source, chat, doc);
    },
    keepSource,
    random: Math.random,
    limits(channel) {
      const file = channelFile(channel);
      return file && limitsOf(file, channel === 'wechat' && wechat ? kindOf(file, wechat.puppet) : undefined);
    },
  });
  return {
    assistant,
    dispatcher,
    log,
    unasked: openUnasked({ ...plan, ...common, ids }, content, mayGo),
    bureau,
    timer,
    ...{ ids, store, operations: content.operations, ...(place.leases && { leases: place.leases }) },
    retaining: openRetention({
      ...{ ...place, store: documents, content, kit, bureau, log, timer },
      ...(compact && { compact }),
    }),
    channelFile,
    chatDoc: (chat) => store.read(chat),
    migrate: (from, to) => migrateChat(store, from, to),
    async reachable(chat, reachable) {
      try {
        await noteReach(common, chat, reachable);
      } catch (error) {
        log.warn('reach.not-noted', { chat, error: error instanceof Error ? error.name : typeof error });
      }
    },
    async close() {
      await dispatcher.stop();
      await assistant.settled();
      await bureau.questions.settled();
      await store.close();
    },
  };
}
