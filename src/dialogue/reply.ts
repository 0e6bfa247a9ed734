/** What the assistant says, in the form that every channel can render (the stdio channel prints it as it is). */

export type Setting = string | number | boolean | null;

export interface ReplyChoice {
  /** `[A-Za-z0-9_.-]{1,32}` */
  readonly id: string;
  readonly label: string;
  /** Facts that the choice gives, by concrete path; money in yuan. */
  readonly sets?: Readonly<Record<string, Setting>>;
}

export type AskKind = 'choice' | 'multi' | 'yes_no' | 'bundle' | 'money' | 'count' | 'date' | 'text';

export interface Ask {
  readonly step: string;
  /** The N of 改第N题. */
  readonly n: number;
  readonly kind: AskKind;
  readonly facts: readonly string[];
}

export interface Reply {
  readonly text: string;
  readonly choices?: readonly ReplyChoice[];
  readonly ask?: Ask;
  readonly result?: object;
  readonly file?: { readonly path: string; readonly name: string; readonly mime: string };
}

/** What arrived: a typed message, a pressed button, or a file (its content is not looked at). */
export type Event =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'file'; readonly name: string };
