import { Broadcasts } from '../../app/broadcast/broadcasts.ts';
import type { Go, Timer } from '../../app/dispatch/deps.ts';
import { Pauses } from '../../app/dispatch/pauses.ts';
import type { Clock, Log, Store } from '../../app/ports.ts';
import type { Account, Dispatcher } from '../../app/outports.ts';
import type { ChatDoc } from '../../app/chatdoc.ts';
import { chatsOf, Records, type AnyDoc } from '../../app/records/documents.ts';
import { auditIn } from '../../app/staff/audit.ts';
import { OfficeDates } from '../../app/staff/dates.ts';
import { Desk } from '../../app/staff/desk.ts';
import { Offices } from '../../app/staff/offices.ts';
import { Operator } from '../../app/staff/operator.ts';
import { QuestionBox } from '../../app/staff/questions.ts';
import { Roles } from '../../app/staff/roles.ts';
import type { AnswerDesk } from '../../app/staff/rounds.ts';
import type { Content } from '../../content/content.ts';
import type { Kit } from '../../dialogue/index.ts';
import { officeNotice } from '../../../conversations/staffdates.ts';
import { approvalWanted, broadcastReply, finishedReply, markedReply } from '../../../conversations/broadcastreport.ts';

/** Everything about bureau staff, put together. */
export interface BureauService {
  readonly answer: AnswerDesk;
  readonly operator: Operator;
  readonly broadcasts: Broadcasts;
  readonly questions: QuestionBox;
  /**
   * Carries broadcasts on, those of other processes too, and reminds offices of their dates. @returns whether outboxes
   * may have got something.
   */
  readonly carry: (now: number) => Promise<boolean>;
  /** Whether a message that waits may leave, as the store has it; undefined for one that is not staff's doing. */
  readonly mayGo: (source: string, doc: ChatDoc, now: number) => Promise<Go | undefined>;
  /** The same, as this process knew it last. */
  readonly mayGoNow: (source: string, doc: ChatDoc, now: number) => Go | undefined;
}

export interface BureauParts {
  readonly store: Store<AnyDoc>;
  readonly kit: Kit;
  readonly content: Pick<Content, 'places' | 'bureau' | 'calendar'>;
  readonly ids: () => string;
  readonly log: Log;
  /** What bounds the account of a channel of this process. */
  readonly account?: (channel: string) => Account | undefined;
}

export function openBureau({ store, kit, content, ids, log, account }: BureauParts): BureauService {
  const records = new Records(store);
  const limits = content.bureau;
  const programmes = {
    get: (id: string) => kit.guides.get(id)?.programme,
    ids: () => [...kit.guides.keys()],
  };
  const offices = new Offices(programmes, () => content.places.flatMap((file) => file.places));
  const audit = auditIn(records, ids);
  const roles = new Roles({ records, offices, limits, audit });
  const words = {
    recipient: broadcastReply,
    marked: markedReply,
    finished: finishedReply,
    approvalWanted,
  };
  const deps = { chats: chatsOf(store), records, offices, roles, limits, words, ids, log, ...(account && { account }) };
  const broadcasts = new Broadcasts(deps);
  const dates = new OfficeDates({ ...deps, calendar: content.calendar, notice: officeNotice });
  const deskDeps = { ...deps, broadcasts, audit, dates };
  const desk = new Desk(deskDeps);
  const mayGoNow: BureauService['mayGoNow'] = (source, doc, now) =>
    broadcasts.mayGo(source, doc, now) ?? dates.mayGo(source, doc, now);
  return {
    answer: (call, asker) => desk.answer(call, asker),
    operator: new Operator(deskDeps),
    broadcasts,
    questions: new QuestionBox({ records, ids, log }, limits.questions_kept),
    async carry(now) {
      await broadcasts.refresh();
      const reminded = await dates.remind(now);
      return (await broadcasts.run(now)) || reminded;
    },
    async mayGo(source, doc, now) {
      await broadcasts.look(source);
      await dates.look(source, doc.chat);
      return mayGoNow(source, doc, now);
    },
    mayGoNow,
  };
}

const EVERY_MS = 1_000;
/** What other processes have begun is found after so many looks. */
const REFRESH_EVERY = 30;

/** Carries broadcasts on until it is stopped. @returns stops, after the step under way. */
export function keepCarrying(
  { broadcasts, carry }: BureauService,
  { dispatcher, log, timer }: { readonly dispatcher: Dispatcher; readonly log: Log; readonly timer: Timer },
  clock: Clock,
): () => Promise<void> {
  const pauses = new Pauses(timer);
  const run = async (): Promise<void> => {
    for (let look = 0; ; look += 1) {
      try {
        const now = clock.now();
        const put = look % REFRESH_EVERY === 0 ? await carry(now) : broadcasts.busy && (await broadcasts.run(now));
        if (put) dispatcher.nudge();
      } catch (error) {
        log.warn('broadcast.failed', { error: error instanceof Error ? error.name : typeof error });
      }
      if (!(await pauses.pause(EVERY_MS))) return;
    }
  };
  const running = run();
  return async () => {
    pauses.end();
    await running;
  };
}
