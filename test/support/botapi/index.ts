/** A Bot API of our own: a reusable kit for tests, soaks and measurements. */
export { BotApi, TOKEN, type BotApiOptions, type Call } from './server.ts';
export { BLOCKED, CHAT_NOT_FOUND, flood, type Fault } from './faults.ts';
export type { Shown } from './chats.ts';
