import type { Reply } from '../../dialogue/reply.ts';

/** Things that are sent as files; a document has a name of its own. */
export type Medium = 'image' | 'video' | 'file';

/** What cannot be handed to the conversation, and is answered by the channel itself. */
export type Hint = 'voice' | 'sticker' | 'card' | 'miniProgram' | 'location' | 'link' | 'unsupported';

/** What a stop of the account is about. */
export type Trouble = 'dead' | 'logged-out' | 'not-started';

/** The words of this channel. */
export interface WechatWords {
  /** Said when a message could not be saved. */
  readonly unsaved: Reply;
  readonly hints: Readonly<Record<Hint, Reply>>;
  /** What a file without a name is called. */
  readonly media: Readonly<Record<Medium, string>>;
  /** One choice of a menu, by its number from 1. */
  readonly choice: (number: number, label: string) => string;
  /** Choices of a question whose answer is a value, so that a number would be read as that. */
  readonly orSay: (labels: readonly string[]) => string;
  /** How several choices of a menu are answered at once. */
  readonly several: string;
  /** Asked of somebody who seems to have been here before under another number of the platform. */
  readonly askName: Reply;
  readonly askNameAgain: Reply;
  /** The same when the enterprise of the earlier conversation has no name; it tells nothing that is somebody's. */
  readonly askSame: (cities: readonly string[]) => Reply;
  readonly joined: Reply;
  readonly notJoined: Reply;
  /** Whether the words decline to go on with an earlier conversation, or agree. */
  readonly declines: (text: string) => boolean;
  readonly agrees: (text: string) => boolean;
  /** For the operator, on standard error. */
  readonly scan: (link: string, picture: string) => string;
  readonly connected: string;
  readonly back: string;
  readonly trouble: Readonly<Record<Trouble, string>>;
}

/** By which replies become plain text. */
export type PartWords = Pick<WechatWords, 'choice' | 'orSay' | 'several'>;
