/** A message with buttons, as it was sent. */
export interface ShownQuestion {
  readonly messageId: number;
  readonly text: string;
  /** Labels by what the buttons carry. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Chats of which the newest question is remembered; the platform repeats it with a press nearly always. */
const CHATS = 2_000;

/**
 * The newest question of the chats that wrote last. Only for looks: an old or deleted message comes back without its
 * text when one of its buttons is pressed, and a question is then still shown with its answer.
 */
export class ShownQuestions {
  private readonly newest = new Map<number, ShownQuestion>();

  /** The newest question of a chat. */
  put(chat: number, question: ShownQuestion): void {
    this.newest.delete(chat);
    this.newest.set(chat, question);
    const [oldest] = this.newest.keys();
    if (this.newest.size > CHATS && oldest !== undefined) this.newest.delete(oldest);
  }

  /** The newest question of the chat, if it is the message (undefined: any) and has a button that carries this. */
  find(chat: number, messageId: number | undefined, data: string): ShownQuestion | undefined {
    const question = this.newest.get(chat);
    const fits = question?.labels.has(data) === true && (messageId ?? question.messageId) === question.messageId;
    return fits ? question : undefined;
  }
}
