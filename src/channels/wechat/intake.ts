import { setTimeout as pause } from 'node:timers/promises';
import type { Assistant, Inbound, Log } from '../../app/ports.ts';
import type { Dispatcher } from '../../app/outports.ts';
import type { Event } from '../../dialogue/reply.ts';
import type { Asides } from './asides.ts';
import { codeOf } from './bounded.ts';
import type { Door, Said } from './door.ts';
import { roomKey, type People } from './people.ts';
import type { ContactPayload } from './puppet.ts';
import type { Quota } from './quota.ts';
import type { Windows } from './windows.ts';
import type { WechatWords } from './words.ts';

/** A message for the assistant, from a person or out of a room. */
export interface Arrival extends Said {
  /** The puppet's id of the person or the room. */
  readonly conversation: string;
  /** Undefined: a room. */
  readonly person?: ContactPayload;
  /** Where it stands in its conversation: by time (ms), then in the order of coming. */
  readonly order: readonly [number, number];
  /** They wrote nothing: they have just become a contact. */
  readonly follow?: true;
}

export interface IntakeDeps {
  readonly assistant: Assistant;
  readonly dispatcher: Pick<Dispatcher, 'deliver'>;
  readonly door: Door;
  readonly people: People;
  readonly quota: Quota;
  readonly windows: Windows;
  readonly asides: Asides;
  readonly words: Pick<WechatWords, 'unsaved'>;
  readonly log: Log;
  /** How often a message is handed in before it counts as not saved. */
  readonly attempts: number;
  /** So long (ms) a message waits for one that was written before it and comes after it. */
  readonly settleMs: number;
}

const RETRY_AFTER_MS = 200;

/** What arrives: messages of one conversation one after the other, in the order in which they were written. */
export class Intake {
  private readonly deps: IntakeDeps;
  private readonly lanes = new Map<string, Arrival[]>();
  private readonly running = new Set<Promise<void>>();

  constructor(deps: IntakeDeps) {
    this.deps = deps;
  }

  /** Takes a message. Never rejects: whoever wrote it is told when it could not be saved. */
  take(arrival: Arrival): void {
    const lane = this.lanes.get(arrival.conversation);
    if (lane) {
      lane.push(arrival);
      return;
    }
    this.lanes.set(arrival.conversation, [arrival]);
    const run = this.empty(arrival.conversation);
    this.running.add(run);
    void run.then(() => this.running.delete(run));
  }

  /** Resolves when everything taken so far is done with, well or badly. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async empty(conversation: string): Promise<void> {
    const { asides, log, settleMs, words } = this.deps;
    const lane = this.lanes.get(conversation) ?? [];
    if (settleMs > 0) await pause(settleMs);
    for (;;) {
      lane.sort(({ order: [at, number] }, { order: [otherAt, other] }) => at - otherAt || number - other);
      const next = lane.shift();
      if (!next) break;
      try {
        await this.handle(next);
      } catch (error) {
        log.error('wechat.not-saved', { error: codeOf(error) });
        asides.tell(conversation, words.unsaved);
      }
    }
    this.lanes.delete(conversation);
  }

  private async handle(arrival: Arrival): Promise<void> {
    const { asides, door, people } = this.deps;
    const { person, conversation } = arrival;
    if (!person) {
      const chat = roomKey(conversation);
      await this.saved(() => people.bindId(conversation, chat));
      await this.hand(chat, arrival, { group: true });
      return;
    }
    const entry = await this.saved(() => door.enter(person, arrival));
    if (entry.kind === 'asked') {
      asides.tell(conversation, entry.reply);
      return;
    }
    if (entry.first) asides.tell(conversation, entry.first);
    for (const said of entry.said) await this.hand(entry.chat, said, arrival);
  }

  private async hand(
    chat: string,
    { event, messageId }: Said,
    { group = false, follow = false }: { readonly group?: boolean; readonly follow?: boolean },
  ): Promise<void> {
    const { assistant, dispatcher, quota, windows } = this.deps;
    quota.wrote(chat);
    await this.saved(() => windows.did(chat, follow ? 'follow' : 'message'));
    const outgoing = await this.saved(() => assistant.handle(inboundOf(chat, event, messageId, group)));
    if (outgoing.length > 0) dispatcher.deliver(chat, outgoing);
  }

  /** @throws what the work throws, when it does so every time. */
  private async saved<Result>(work: () => Promise<Result>): Promise<Result> {
    const { attempts, log } = this.deps;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        log.warn('wechat.save-failed', { attempt, error: codeOf(error) });
        if (attempt >= attempts) throw error;
        await pause(RETRY_AFTER_MS * attempt);
      }
    }
  }
}

function inboundOf(chat: string, event: Event, messageId: string, group: boolean): Inbound {
  return { chat, event, messageId, ...(group && { group }) };
}
