import type { Update } from 'grammy/types';
import { setTimeout as pause } from 'node:timers/promises';
import type { Assistant, Log, Outgoing } from '../../app/ports.ts';
import type { Dispatcher } from '../../app/outports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import type { Me } from './address.ts';
import type { Looks } from './press.ts';
import { readUpdate, type Incoming } from './read.ts';
import { chatKey } from './sender.ts';
import type { TelegramWords } from './words.ts';

export interface IntakeDeps {
  readonly assistant: Assistant;
  readonly dispatcher: Pick<Dispatcher, 'deliver'>;
  /** Says something that no document knows of, at once and at most once. Never rejects. */
  readonly tell: (chat: string, reply: Reply) => Promise<unknown>;
  readonly looks: Looks;
  readonly words: TelegramWords;
  readonly log: Log;
  readonly me: Me;
  /** The chat goes on under another number; everything said so far has to go with it. */
  readonly migrated: (from: number, to: number) => Promise<void>;
  /** The person has blocked the bot, or let it in again. */
  readonly reachable: (chat: string, reachable: boolean) => void;
  /** How often a message is handed in before it counts as not saved. */
  readonly attempts: number;
}

type Events = Extract<Incoming, { kind: 'events' }>;

/** The message could not be saved, however often it was tried; it was not handled. */
export class NotSaved extends Error {
  readonly chat: number;
  constructor(chat: number) {
    super('a message could not be saved');
    this.name = 'NotSaved';
    this.chat = chat;
  }
}

/** Handling that takes longer than this shows that somebody is at work. */
const TYPING_AFTER_MS = 1_000;
const RETRY_AFTER_MS = 200;

/** What arrives: updates of one chat one after the other, those of different chats side by side. */
export class Intake {
  private readonly deps: IntakeDeps;
  /** The last update taken of each chat that has one under way. */
  private readonly lanes = new Map<number, Promise<void>>();
  private readonly asides = new Set<Promise<unknown>>();

  constructor(deps: IntakeDeps) {
    this.deps = deps;
  }

  /**
   * Takes one update; resolves when what it led to is stored, replies included. A repeated update changes nothing.
   * @throws NotSaved
   */
  take(update: Update): Promise<void> {
    const { me, words } = this.deps;
    const incoming = readUpdate(update, me, words.media);
    switch (incoming.kind) {
      case 'nothing':
        return Promise.resolve();
      case 'lost-press':
        this.deps.looks.acknowledge(incoming.callbackId);
        return Promise.resolve();
      case 'reachable':
        this.deps.reachable(chatKey(incoming.chat), incoming.reachable);
        return Promise.resolve();
      case 'migrated':
        return this.after([incoming.from, incoming.to], () => this.migrate(incoming.from, incoming.to));
      case 'hint':
        return this.after([incoming.chat], async () => this.tell(incoming.chat, words.hints[incoming.hint]));
      case 'events':
        if (incoming.press) this.deps.looks.acknowledge(incoming.press.callbackId);
        return this.after([incoming.chat], () => this.handle(incoming, update.update_id));
    }
  }

  /** Tells a person that a message did not count. */
  tellUnsaved({ chat }: NotSaved): void {
    this.tell(chat, this.deps.words.unsaved);
  }

  /** Resolves when everything taken so far is done with, well or badly. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.lanes.values());
    await Promise.all(this.asides);
  }

  /** Runs work after everything that was taken of these chats before. */
  private after(chats: readonly number[], work: () => Promise<void>): Promise<void> {
    const before = Promise.allSettled(chats.flatMap((chat) => this.lanes.get(chat) ?? []));
    const own = before.then(work);
    for (const chat of chats) {
      this.lanes.set(chat, own);
      const leave = (): void => {
        if (this.lanes.get(chat) === own) this.lanes.delete(chat);
      };
      own.then(leave, leave);
    }
    return own;
  }

  private async handle({ chat, events, press }: Events, updateId: number): Promise<void> {
    const { looks } = this.deps;
    const slow = setTimeout(() => looks.typing(chat), TYPING_AFTER_MS);
    try {
      for (const [index, event] of events.entries()) {
        // A link is two messages in one; each has to be remembered as handled.
        const messageId = index === 0 ? `u${updateId}` : `u${updateId}.${index}`;
        const outgoing = await this.saved(chat, () =>
          // Groups and channels have negative numbers.
          this.deps.assistant.handle({ chat: chatKey(chat), event, messageId, ...(chat < 0 && { group: true }) }),
        );
        this.deliver(chat, outgoing);
        if (press) looks.answered(press, outgoing);
      }
    } finally {
      clearTimeout(slow);
    }
  }

  private async saved<Result>(chat: number, work: () => Promise<Result>): Promise<Result> {
    const { attempts, log } = this.deps;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        log.error('telegram.not-saved', { chat: chatKey(chat), attempt, error: name });
        if (attempt >= attempts) throw new NotSaved(chat);
        await pause(RETRY_AFTER_MS * attempt);
      }
    }
  }

  private async migrate(from: number, to: number): Promise<void> {
    await this.saved(from, () => this.deps.migrated(from, to));
    this.deps.log.info('telegram.migrated', { from: chatKey(from), to: chatKey(to) });
  }

  private tell(chat: number, reply: Reply): void {
    const aside = this.deps.tell(chatKey(chat), reply);
    this.asides.add(aside);
    void aside.finally(() => this.asides.delete(aside));
  }

  private deliver(chat: number, outgoing: readonly Outgoing[]): void {
    if (outgoing.length > 0) this.deps.dispatcher.deliver(chatKey(chat), outgoing);
  }
}
