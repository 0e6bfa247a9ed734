import type { Compiled } from './context.ts';
import type { Fen, Rate } from './money.ts';
import type {
  AnswersFile,
  ConditionsFile,
  ContactsFile,
  DocumentsFile,
  FreeFile,
  ProcedureFile,
  ProgrammeFile,
  QuestionsFile,
  RuleFile,
  ServicesFile,
  SubsidyFile,
  TimelineFile,
  WarningsFile,
} from './programme.ts';
import type { FactsFile, Vocabulary } from './vocabulary.ts';

/** The validated files of one programme. */
export interface ProgrammeFiles {
  readonly programme: ProgrammeFile;
  readonly facts: FactsFile;
  readonly conditions: ConditionsFile;
  readonly services: ServicesFile;
  readonly subsidy: SubsidyFile;
  readonly documents: DocumentsFile;
  readonly timeline: TimelineFile;
  readonly procedure: ProcedureFile;
  readonly contacts: ContactsFile;
  readonly warnings: WarningsFile;
  readonly questions: QuestionsFile;
  readonly answers: AnswersFile;
  readonly free: FreeFile;
}

export interface Rule {
  readonly id: string;
  readonly clause: string;
  readonly order: number;
  readonly perService: boolean;
  /** Kleene: not applicable (when is no) passes. */
  readonly test: Compiled;
  readonly file: RuleFile;
}

export interface Guarded<T> {
  readonly when: Compiled | undefined;
  readonly value: T;
}

export interface Line {
  readonly when: Compiled | undefined;
  readonly where: Compiled | undefined;
  readonly rates: readonly Guarded<Rate>[];
  readonly brackets: readonly { readonly upTo: Fen | null; readonly rate: Rate }[];
  readonly file: SubsidyFile['lines'][number];
}

export interface StateTable {
  readonly when: Compiled | undefined;
  readonly rows: readonly {
    readonly state: string;
    readonly when: Compiled | undefined;
    readonly until: number;
    readonly label: string;
    readonly clause: string;
  }[];
}

/** A date of the timeline that people are reminded of. */
export interface ReminderRule {
  readonly entry: TimelineFile['entries'][number];
  readonly remind: NonNullable<TimelineFile['entries'][number]['remind']>;
  /** UTC instant (ms) after which it is too late. */
  readonly at: number;
  readonly when: Compiled | undefined;
  readonly unless: Compiled | undefined;
}

export interface Programme {
  readonly id: string;
  readonly files: ProgrammeFiles;
  readonly vocabulary: Vocabulary;
  readonly clauseOrder: ReadonlyMap<string, number>;
  readonly applicantRules: readonly Rule[];
  readonly serviceRules: readonly Rule[];
  readonly serviceNeeded: Compiled;
  readonly lines: readonly Line[];
  readonly caps: readonly Guarded<Fen>[];
  readonly limit: { readonly when: Compiled | undefined; readonly fact: string } | undefined;
  readonly receipts: readonly Guarded<string>[];
  readonly split: Compiled | undefined;
  readonly documents: readonly {
    readonly when: Compiled | undefined;
    readonly set: DocumentsFile['sets'][number];
    readonly items: readonly {
      readonly when: Compiled | undefined;
      readonly anyOf: readonly { readonly id: string; readonly when: Compiled }[];
      readonly item: DocumentsFile['sets'][number]['items'][number];
    }[];
  }[];
  readonly states: readonly StateTable[];
  readonly reminders: readonly ReminderRule[];
  /** The machines of procedure.yaml with a condition, in their order. */
  readonly machines: readonly { readonly when: Compiled; readonly id: string }[];
  /** Facts asked for when a condition holds, although no rule waits for them. */
  readonly askWhen: readonly { readonly fact: string; readonly when: Compiled }[];
  readonly warnings: readonly { readonly when: Compiled; readonly file: WarningsFile['warnings'][number] }[];
}
