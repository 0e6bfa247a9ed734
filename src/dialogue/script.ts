import type { Advice, Contact, CivilDate, Facts, Verdict } from '../policy/index.ts';
import type { WrittenAnswer } from '../policy/programme.ts';
import type { AskWords } from './prepared.ts';
import type { Flow } from './flow.ts';
import type { EchoWords } from './freetext.ts';
import type { Candidate } from './free/said.ts';
import type { Guide } from './guide.ts';
import type { Reply, ReplyChoice } from './reply.ts';
import type { StaffWords } from './staff/words.ts';
import type { ChatRetention, ChatState, Dossier, Enterprise, Interview } from './state.ts';

/** Everything a person can ask for by name, with a slash or in Chinese. */
export type CommandId =
  | 'start'
  | 'help'
  | 'programme'
  | 'check'
  | 'estimate'
  | 'documents'
  | 'deadlines'
  | 'contact'
  | 'city'
  | 'progress'
  | 'remind'
  | 'unsubscribe'
  | 'share'
  | 'reminders'
  | 'calendar'
  | 'back'
  | 'edit'
  | 'skip'
  | 'why'
  | 'restart'
  | 'cancel'
  | 'enterprise'
  | 'summary'
  | 'human'
  | 'privacy'
  | 'export'
  | 'forget'
  | 'bind'
  | 'broadcast'
  | 'broadcasts'
  | 'pause'
  | 'resume'
  | 'approve'
  | 'withdraw'
  | 'received'
  | 'returned'
  | 'enterprises'
  | 'forwarded';

export interface CommandSpec {
  readonly id: CommandId;
  /** The word after the slash. */
  readonly slash: string;
  /** Whole messages that mean the command. */
  readonly words: readonly string[];
  /** Whole messages with something in them: the first group is the argument. */
  readonly pattern?: RegExp;
  /** An argument that the words imply (the state behind 已提交). */
  readonly argument?: string;
}

/** What a person is asked to agree to: reminders, or being seen by the office that the programme names. */
export type ConsentKind = 'remind' | 'share';

/** A date that somebody may be reminded of. */
export interface DateAhead {
  readonly label: string;
  readonly clause: string;
  /** UTC instant (ms). */
  readonly at: number;
  readonly says: string;
  readonly papers: boolean;
}

/** A reminder as its words see it. */
export interface Notice extends DateAhead {
  /** A question of the chat waits for its answer. */
  readonly asking: boolean;
  /** Nothing of the chat waits for a number or a word, so that buttons cannot be taken for an answer to it. */
  readonly buttons: boolean;
  /** The chat has several enterprises: which one is meant has to be said. */
  readonly named: boolean;
  /** Others read there: nothing of the enterprise is told. */
  readonly group: boolean;
}

/** Why a reminder of one's own cannot be set. */
export type OwnFault = 'no-date' | 'unclear' | 'past' | 'past-this-year' | 'far' | 'many' | 'no-such';

/** What the words of an answer may look at. */
export interface View {
  readonly guide: Guide;
  readonly state: ChatState;
  readonly enterprise: Enterprise | undefined;
  readonly dossier: Dossier;
  readonly facts: Facts;
  readonly now: number;
  readonly today: CivilDate;
  /** The verdict on the facts so far. */
  readonly verdict: Verdict;
  /** Contacts for the enterprise's city, then the general ones. */
  readonly contacts: readonly Contact[];
  /** The smallest changes that would make it eligible; worked out only when asked for. */
  readonly advice: () => readonly Advice[];
}

/** The words and flows of the assistant: see the folder conversations. */
export interface Script {
  readonly commands: readonly CommandSpec[];
  readonly flows: { readonly eligibility: Flow; readonly estimate: Flow };
  readonly ask: AskWords;
  readonly echo: EchoWords;
  readonly say: {
    readonly welcome: (programmes: readonly Guide[], view: View | undefined) => Reply;
    readonly menu: (programmes: readonly Guide[], view: View | undefined) => Reply;
    readonly humanAnywhere: (programmes: readonly Guide[]) => Reply;
    readonly chooseProgramme: (programmes: readonly Guide[]) => Reply;
    readonly programmeAssumed: (guide: Guide) => string;
    readonly programmeChosen: (guide: Guide, carried: readonly string[]) => Reply;
    readonly unknownProgramme: (text: string, programmes: readonly Guide[]) => Reply;
    readonly cityUnknown: (text: string, guide: Guide | undefined) => Reply;
    readonly cityAmbiguous: (text: string, cities: readonly string[]) => Reply;
    readonly noted: (echoes: readonly string[]) => string;
    readonly doubt: (why: string, options: readonly string[]) => string;
    readonly needTotal: (example: string | undefined) => string;
    readonly needDay: (example: string | undefined) => string;
    readonly rejected: (why: string, example: string | undefined) => string;
    readonly notUnderstood: (text: string, kind: string, example: string | undefined) => string;
    readonly stuck: (view: View) => string;
    readonly excluded: (why: string, clause: string) => string;
    readonly staleButton: () => string;
    readonly why: (why: string) => string;
    readonly verdict: (view: View) => { readonly main: string; readonly next: Reply };
    readonly estimate: (view: View) => { readonly main: string; readonly next: Reply };
    readonly documents: (view: View) => Reply;
    readonly documentTicked: (names: readonly string[], waiting: readonly string[], view: View) => Reply;
    readonly documentTakenBack: (names: readonly string[], view: View) => Reply;
    readonly deadlines: (view: View) => Reply;
    readonly contact: (view: View, city: string | undefined) => Reply;
    readonly outside: (place: string, guide: Guide) => Reply;
    readonly summary: (view: View) => Reply;
    readonly human: (view: View) => Reply;
    readonly progress: (view: View) => Reply;
    readonly progressSet: (view: View, label: string) => Reply;
    readonly progressWithdrawn: () => Reply;
    readonly progressUnknown: (view: View, text: string) => Reply;
    /** Reminders are on: what will be reminded of. */
    readonly remindOn: (view: View | undefined, dates: readonly DateAhead[]) => Reply;
    readonly stopped: (own: number) => Reply;
    readonly consentAsk: (which: ConsentKind, view: View) => Reply;
    readonly consentSaid: (which: ConsentKind, given: boolean, view: View | undefined) => Reply;
    readonly reminder: (view: View, notice: Notice) => Reply;
    readonly ownSet: (at: number, what: string, moved: boolean) => Reply;
    readonly ownDue: (text: string, at: number, now: number) => Reply;
    readonly ownRefused: (why: OwnFault, detail: string) => Reply;
    readonly ownList: (state: ChatState, dates: readonly DateAhead[], now: number) => Reply;
    readonly ownCancelled: (text: string) => Reply;
    readonly calendar: (view: View, path: string) => Reply;
    readonly calendarNone: () => Reply;
    readonly privacy: (state: ChatState, view: View | undefined, kept: ChatRetention) => Reply;
    readonly exported: (json: string) => Reply;
    readonly forgetAsk: () => Reply;
    readonly forgotten: () => Reply;
    readonly kept: () => Reply;
    readonly restarted: () => string;
    readonly cancelled: () => Reply;
    readonly nothingToUndo: () => string;
    readonly nothingToEdit: (answered: number) => string;
    readonly nothingPending: () => Reply;
    readonly enterprises: (state: ChatState) => Reply;
    readonly enterpriseKept: () => Reply;
    readonly enterpriseUnknown: (name: string) => Reply;
    readonly enterpriseChosen: (name: string) => Reply;
    readonly file: (name: string) => Reply;
    /** Free answers, the first one first; `named` puts the programme's name in front. */
    readonly free: (found: readonly Candidate[], named: boolean, turn: { readonly now: number }) => string;
    readonly freeBrief: (lines: readonly { readonly guide: Guide; readonly answer: WrittenAnswer }[]) => Reply;
    readonly freeWhich: (programmes: readonly Guide[]) => Reply;
    readonly freeChoices: () => readonly ReplyChoice[];
    readonly freeJudged: (good: boolean, view: View | undefined) => Reply;
    readonly fallback: (text: string, view: View | undefined) => Reply;
    readonly sizeIndustry: (industries: readonly string[]) => string;
    readonly sizeAmount: (indicator: 'employees' | 'revenue' | 'assets') => string;
    readonly sizeResult: (size: string, basis: string) => string;
    readonly sizeNotCovered: () => string;
    readonly sizeNotUnderstood: () => string;
  };
  readonly staff: StaffWords;
  /** The name of an enterprise that has none. */
  readonly enterpriseNew: (n: number) => string;
}

/** The interview that is open in a dossier, if any. */
export function openInterview(dossier: Dossier | undefined): Interview | undefined {
  const interview = dossier?.interview;
  return interview && !interview.done ? interview : undefined;
}
