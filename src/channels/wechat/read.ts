import type { Event } from '../../dialogue/reply.ts';
import { addressedText, withoutQuote, type Mention } from './mention.ts';
import { MESSAGE, instantOf, type MessagePayload } from './puppet.ts';
import type { Hint, Medium } from './words.ts';

/** What a message means to the assistant. */
export type Incoming =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'hint'; readonly hint: Hint }
  /** Why nothing is done about it. */
  | { readonly kind: 'nothing'; readonly why: 'own' | 'machine' | 'old' | 'notice' | 'not-addressed' };

export interface Reading {
  /** The account's own id. */
  readonly self: string;
  /** UTC ms. */
  readonly now: number;
  /** Older messages, which some puppets deliver after a login, are not answered any more (ms). */
  readonly ageLimitMs: number;
  readonly media: Readonly<Record<Medium, string>>;
}

/** Accounts of the platform itself, and official accounts, which write to everybody who follows them. */
const MACHINES = /^(?:gh_|(?:weixin|fmessage|filehelper|newsapp|notifymessage|medianote|floatbottle|weixinteam)$)/;

/** What the platform says in somebody's name, or instead of a message that it cannot show. */
const NOTICES = [
  /^["“「]?.{1,40}["”」]? ?拍了拍 ?(?:我|你|自己|["“「])/u,
  /^(?:\[?(?:微信)?红包\]?|\[?转账\]?|收到红包|发出红包|收到转账|微信转账)(?:$|[，,。:：\]])/u,
  /撤回了一条消息。?$/u,
  /^(?:以上是打招呼的内容|你已添加了.{1,60}现在可以开始聊天了|.{0,40}开启了(?:朋友|好友)验证)/u,
  /^<\?xml|^<(?:sysmsg|msg)[\s>]/u,
];
/** Said by the client of somebody who has accepted us: the beginning of a talk. */
const ACCEPTED = /^我通过了你的(?:朋友|好友)验证请求/u;

const HINTS: Readonly<Partial<Record<number, Hint>>> = {
  [MESSAGE.audio]: 'voice',
  [MESSAGE.emoticon]: 'sticker',
  [MESSAGE.contact]: 'card',
  [MESSAGE.miniProgram]: 'miniProgram',
  [MESSAGE.location]: 'location',
  [MESSAGE.url]: 'link',
  [MESSAGE.chatHistory]: 'unsupported',
  [MESSAGE.post]: 'unsupported',
};
const FILES: Readonly<Partial<Record<number, Medium>>> = {
  [MESSAGE.image]: 'image',
  [MESSAGE.video]: 'video',
  [MESSAGE.attachment]: 'file',
};

/** Why a message is not for the assistant, as far as can be said without knowing who wrote it. */
export function notForUs(payload: MessagePayload, { self, now, ageLimitMs }: Reading): Incoming | undefined {
  if (payload.talkerId === self) return { kind: 'nothing', why: 'own' };
  if (MACHINES.test(payload.talkerId)) return { kind: 'nothing', why: 'machine' };
  const at = instantOf(payload.timestamp);
  return at !== undefined && now - at > ageLimitMs ? { kind: 'nothing', why: 'old' } : undefined;
}

/** Reads one message. `mention` is given for rooms only. */
export function readMessage(payload: MessagePayload, reading: Reading, mention?: Mention): Incoming {
  const refused = notForUs(payload, reading);
  if (refused) return refused;
  const { text = '', filename = '' } = payload;
  const type: number = payload.type;
  if (mention) return inRoom(type, text, mention);
  const medium = FILES[type];
  if (medium) return { kind: 'event', event: { kind: 'file', name: filename || reading.media[medium] } };
  const hint = HINTS[type];
  if (hint) return { kind: 'hint', hint };
  if (type === MESSAGE.text) return ofText(text);
  // Puppets give documents that they do not know as unknown, and so they do with notices, which have words.
  if (type !== MESSAGE.unknown || (filename === '' && text !== '')) return { kind: 'nothing', why: 'notice' };
  return { kind: 'event', event: { kind: 'file', name: filename || reading.media.file } };
}

/** In a room only words can be for the account; called by its name alone, it shows what it can do. */
function inRoom(type: number, text: string, mention: Mention): Incoming {
  const addressed = type === MESSAGE.text ? addressedText(text, mention) : undefined;
  if (addressed === undefined) return { kind: 'nothing', why: 'not-addressed' };
  return { kind: 'event', event: { kind: 'text', text: addressed === '' ? '/help' : addressed } };
}

function ofText(text: string): Incoming {
  if (ACCEPTED.test(text)) return { kind: 'event', event: { kind: 'text', text: '/start' } };
  if (NOTICES.some((pattern) => pattern.test(text))) return { kind: 'nothing', why: 'notice' };
  const own = withoutQuote(text);
  return own === '' ? { kind: 'nothing', why: 'notice' } : { kind: 'event', event: { kind: 'text', text: own } };
}
