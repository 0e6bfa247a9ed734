import { Broadcasts } from '../../app/broadcast/broadcasts.ts';
import type { Go, Timer, Wait } from '../../app/dispatch/deps.ts';
import type { Clock, Log, Store } from '../../app/ports.ts';
import type { Dispatcher } from '../../app/outports.ts';
import type { ChatDoc } from '../../app/chatdoc.ts';
import { chatsOf, Records, type AnyDoc } from '../../app/records/documents.ts';
import { auditIn } from '../../app/staff/audit.ts';
import { Desk } from '../../app/staff/desk.ts';
import { Offices } from '../../app/staff/offices.ts';
import { Operator } from '../../app/staff/operator.ts';
import { QuestionBox } from '../../app/staff/questions.ts';
import { Roles } from '../../app/staff/roles.ts';
import type { AnswerDesk } from '../../app/staff/rounds.ts';
import type { Content } from '../../content/content.ts';
import type { Kit } from '../../dialogue/index.ts';
import { approvalWanted, broadcastReply, finishedReply, markedReply } from '../../../conversations/broadcastreport.ts';

/** Everything about bureau staff, put together. */
export interface BureauService {
  readonly answer: AnswerDesk;
  readonly operator: Operator;
  readonly broadcasts: Broadcasts;
  readonly questions: QuestionBox;
  /** Carries broadcasts on, those of other processes too. @returns whether outboxes may have got something. */
  readonly carry: (now: number) => Promise<boolean>;
  /** Whether a message that waits may leave, as the store has it; undefined for one that is no broadcast's. */
  readonly mayGo: (source: string, doc: ChatDoc, now: number) => Promise<Go | undefined>;
}

export interface BureauParts {
  readonly store: Store<AnyDoc>;
  readonly kit: Kit;
  readonly content: Pick<Content, 'places' | 'bureau'>;
  readonly ids: () => string;
  readonly log: Log;
}

export function openBureau({ store, kit, content, ids, log }: BureauParts): BureauService {
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
  const deps = { chats: chatsOf(store), records, offices, roles, limits, words, ids, log };
  const broadcasts = new Broadcasts(deps);
  const desk = new Desk({ ...deps, broadcasts, audit });
  return {
    answer: (call, asker) => desk.answer(call, asker),
    operator: new Operator({ ...deps, broadcasts, audit }),
    broadcasts,
    questions: new QuestionBox({ records, ids, log }, limits.questions_kept),
    async carry(now) {
      await broadcasts.refresh();
      return broadcasts.run(now);
    },
    async mayGo(source, doc, now) {
      await broadcasts.look(source);
      return broadcasts.mayGo(source, doc, now);
    },
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
  const rest: { wait?: Wait; stopped: boolean } = { stopped: false };
  const run = async (): Promise<void> => {
    for (let look = 0; ; look += 1) {
      try {
        const now = clock.now();
        const put = look % REFRESH_EVERY === 0 ? await carry(now) : broadcasts.busy && (await broadcasts.run(now));
        if (put) dispatcher.nudge();
      } catch (error) {
        log.warn('broadcast.failed', { error: error instanceof Error ? error.name : typeof error });
      }
      rest.wait = timer.after(EVERY_MS);
      if (rest.stopped) rest.wait.cancel();
      if (!(await rest.wait.done)) return;
    }
  };
  const running = run();
  return async () => {
    rest.stopped = true;
    rest.wait?.cancel();
    await running;
  };
}
