import type { Reply } from '../../dialogue/reply.ts';

/** Things that are sent as files, besides documents, which have a name of their own. */
export const MEDIA = ['photo', 'voice', 'audio', 'video', 'video_note', 'animation', 'sticker'] as const;

export type Medium = (typeof MEDIA)[number];

/** What cannot be handed to the conversation, and is answered by the channel itself. */
export type Hint = 'location' | 'contact' | 'unsupported';

/** The words of this channel. */
export interface TelegramWords {
  /** Said when a message could not be saved. */
  readonly unsaved: Reply;
  readonly hints: Readonly<Record<Hint, Reply>>;
  /** What a file without a name is called. */
  readonly media: Readonly<Record<Medium, string>>;
  /** The line that is put below a question whose button was pressed. */
  readonly chosen: (label: string) => string;
  /** What the conversation says to a button that is out of date: its question was then not answered. */
  readonly stale: string;
  /** For the operator, on standard error. */
  readonly connected: (username: string, mode: 'polling' | 'webhook') => string;
  readonly conflict: string;
  readonly tokenLost: string;
}

/** A command in the menu of the clients. */
export interface MenuCommand {
  readonly command: string;
  readonly description: string;
}

/** The menus of the clients. */
export interface Menus {
  readonly private: readonly MenuCommand[];
  readonly groups: readonly MenuCommand[];
}
