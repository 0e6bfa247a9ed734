import type { Log } from '../../app/ports.ts';
import type { Event } from '../../dialogue/reply.ts';
import type { Asides } from './asides.ts';
import { bounded, codeOf } from './bounded.ts';
import type { Echoes } from './echoes.ts';
import type { Intake } from './intake.ts';
import type { Mention } from './mention.ts';
import { Newest } from './newest.ts';
import { instantOf, OFFICIAL_CONTACT, type MessagePayload, type Puppet } from './puppet.ts';
import { notForUs, readMessage, type Reading } from './read.ts';
import type { WechatWords } from './words.ts';

export interface ArrivalsDeps {
  readonly intake: Pick<Intake, 'take'>;
  readonly asides: Asides;
  readonly echoes: Echoes;
  readonly words: Pick<WechatWords, 'hints' | 'media'>;
  readonly log: Log;
  /** UTC ms. */
  readonly now: () => number;
  readonly ageLimitMs: number;
  /** How long (ms) a puppet may take to give a message. */
  readonly withinMs: number;
}

/** Messages that were given already are known among so many. */
const SEEN = 5_000;
const UNREAD = 1_000;
/** A message that could not be had in so many logins is let go of. */
const TRIES = 5;

/** Turns the ids that a puppet reports into messages; those that it cannot give are asked for at the next login. */
export class Arrivals {
  private readonly deps: ArrivalsDeps;
  private readonly seen = new Newest<true>(SEEN);
  private readonly unread = new Map<string, number>();
  private readonly open = new Set<Promise<void>>();
  private count = 0;

  constructor(deps: ArrivalsDeps) {
    this.deps = deps;
  }

  /** A puppet reports a message. Never throws. */
  report(puppet: Puppet, messageId: string): void {
    if (this.seen.has(messageId) && !this.unread.has(messageId)) return;
    this.seen.set(messageId, true);
    this.fetch(puppet, messageId);
  }

  /** The account is logged in, perhaps again: what could not be had before is asked for. */
  again(puppet: Puppet): void {
    for (const messageId of [...this.unread.keys()]) this.fetch(puppet, messageId);
  }

  /** Resolves when everything reported so far was handed on. */
  async settled(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
  }

  private fetch(puppet: Puppet, messageId: string): void {
    this.count += 1;
    const number = this.count;
    const work = this.read(puppet, messageId, number).then(
      () => void this.unread.delete(messageId),
      (error: unknown) => this.missed(messageId, error),
    );
    this.open.add(work);
    void work.finally(() => this.open.delete(work));
  }

  private missed(messageId: string, error: unknown): void {
    const { log } = this.deps;
    const tries = (this.unread.get(messageId) ?? 0) + 1;
    const lost = tries >= TRIES || this.unread.size >= UNREAD;
    log.warn(lost ? 'wechat.message-lost' : 'wechat.message-unread', { error: codeOf(error), tries });
    if (lost) {
      this.unread.delete(messageId);
      this.seen.delete(messageId);
    } else this.unread.set(messageId, tries);
  }

  private async read(puppet: Puppet, messageId: string, number: number): Promise<void> {
    const { withinMs, now, ageLimitMs, words } = this.deps;
    const payload = await bounded(withinMs, () => puppet.messagePayload(messageId));
    const reading: Reading = { self: puppet.currentUserId, now: now(), ageLimitMs, media: words.media };
    const refused = notForUs(payload, reading);
    if (refused?.kind === 'nothing') {
      if (refused.why === 'own') this.own(payload);
      if (refused.why === 'old') this.deps.log.info('wechat.too-old');
      return;
    }
    const at = instantOf(payload.timestamp) ?? now();
    const roomId = payload.roomId ?? '';
    if (roomId === '') await this.fromPerson(puppet, payload, reading, [at, number]);
    else await this.fromRoom(puppet, payload, roomId, reading, [at, number]);
  }

  private own({ roomId, listenerId, text = '' }: MessagePayload): void {
    this.deps.echoes.heard(roomId || (listenerId ?? ''), text);
  }

  private async fromPerson(
    puppet: Puppet,
    payload: MessagePayload,
    reading: Reading,
    order: readonly [number, number],
  ): Promise<void> {
    const { asides, intake, withinMs, words } = this.deps;
    const incoming = readMessage(payload, reading);
    if (incoming.kind === 'nothing') return;
    const person = await bounded(withinMs, () => puppet.contactPayload(payload.talkerId));
    const kind: number = person.type;
    if (kind === OFFICIAL_CONTACT) return;
    if (incoming.kind === 'hint') asides.hint(person.id, incoming.hint, words.hints[incoming.hint]);
    else intake.take({ conversation: person.id, person, event: incoming.event, messageId: `w${payload.id}`, order });
  }

  private async fromRoom(
    puppet: Puppet,
    payload: MessagePayload,
    roomId: string,
    reading: Reading,
    order: readonly [number, number],
  ): Promise<void> {
    const mentions = 'mentionIdList' in payload ? (payload.mentionIdList ?? []) : [];
    const mentioned = mentions.length === 0 ? undefined : mentions.includes(reading.self);
    // Rooms are busy: who the account is there is looked up only when somebody is spoken to.
    if (mentioned !== true && !(payload.text ?? '').includes('@')) return;
    const mention: Mention = { mentioned, names: await this.namesIn(puppet, roomId, reading.self) };
    const incoming = readMessage(payload, reading, mention);
    if (incoming.kind !== 'event') return;
    const event: Event = incoming.event;
    this.deps.intake.take({ conversation: roomId, event, messageId: `w${payload.id}`, order });
  }

  private async namesIn(puppet: Puppet, roomId: string, self: string): Promise<string[]> {
    const { withinMs } = this.deps;
    const { name } = await bounded(withinMs, () => puppet.contactPayload(self));
    const member = await bounded(withinMs, () => puppet.roomMemberPayload(roomId, self)).catch(() => undefined);
    return [member?.roomAlias ?? '', name];
  }
}
