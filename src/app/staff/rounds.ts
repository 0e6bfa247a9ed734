import { callKey, type Aside, type DeskCall } from '../../dialogue/staff/desk.ts';
import type { Asker } from './desk.ts';

/** Answers what a step needs of the world; see Desk. */
export type AnswerDesk = (call: DeskCall, asker: Asker) => Promise<unknown>;

/** A step asks for a few things; one that goes on asking is a mistake in it. */
const MOST = 12;

/**
 * Chats in which a message waits for answers: the step that it began is run again with them, and no other message of
 * the chat may come between.
 */
export class Rounds {
  private readonly open = new Map<string, Promise<void>>();

  /** What another message of the chat has to wait for. */
  waitFor(chat: string): Promise<void> | undefined {
    return this.open.get(chat);
  }

  /** Begins the waiting of a message; called while the chat's document is held. */
  begin(chat: string): Round {
    let end = (): void => undefined;
    this.open.set(
      chat,
      new Promise((resolve) => {
        end = () => {
          this.open.delete(chat);
          resolve();
        };
      }),
    );
    return new Round(() => end());
  }
}

/** One message that waits for answers, and those it has. */
export class Round {
  readonly answers = new Map<string, unknown>();
  readonly end: () => void;

  constructor(end: () => void) {
    this.end = end;
  }

  async ask(answer: AnswerDesk, call: DeskCall, asker: Asker): Promise<void> {
    if (this.answers.size >= MOST) throw new Error(`a step has asked more than ${MOST} times`);
    this.answers.set(callKey(call), await answer(call, asker));
  }
}

/** What surrounds a message, for its step. */
export function asideOf(group: boolean, round: Round | undefined): Aside {
  return { group, answers: round?.answers ?? new Map() };
}
