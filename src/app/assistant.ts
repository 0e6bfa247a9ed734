import type { ChatDoc } from './chatdoc.ts';
import { closeSent } from './dispatch/outbox.ts';
import { handleMessage, type HandleDeps } from './handle.ts';
import { Handover } from './handover.ts';
import { FaultyDocument, type Assistant, type Change, type Inbound, type Outgoing } from './ports.ts';
import { Rounds } from './staff/rounds.ts';

/** The use cases behind the port that channels talk to, with what this process has to remember between them. */
class OneAssistant implements Assistant {
  private readonly deps: HandleDeps;
  /** Notes being written, at most one per chat: what is reported meanwhile goes with the next. */
  private readonly writing = new Map<string, Promise<void>>();

  constructor(deps: HandleDeps) {
    this.deps = deps;
  }

  handle(inbound: Inbound): Promise<readonly Outgoing[]> {
    return handleMessage(this.deps, inbound);
  }

  delivered(chat: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return Promise.resolve();
    this.deps.handover.report(chat, ids);
    const running = this.writing.get(chat);
    if (running) return running;
    const own = this.note(chat);
    this.writing.set(chat, own);
    return own;
  }

  async settled(): Promise<void> {
    while (this.writing.size > 0) await Promise.all(this.writing.values());
  }

  /** Takes reported replies out of the outbox until none is left to take. */
  private async note(chat: string): Promise<void> {
    const { handover, log, store } = this.deps;
    try {
      for (let reports = handover.reports(chat); reports.length > 0; reports = handover.reports(chat)) {
        handover.noted(chat, await store.update(chat, (doc) => this.withoutReported(chat, doc)));
      }
    } catch (error) {
      // Of a document that cannot be read nothing has to be taken out.
      if (error instanceof FaultyDocument) handover.noted(chat, handover.reports(chat));
      // Otherwise the reports stay, and the chat's next write carries them; a crash until then may say them once more.
      else log.warn('delivered.not-noted', { chat, error: error instanceof Error ? error.name : typeof error });
    } finally {
      this.writing.delete(chat);
    }
  }

  /** The document without the replies reported so far, and their ids; nothing is written when another write took them. */
  private withoutReported(chat: string, doc: ChatDoc | undefined): Change<ChatDoc, readonly string[]> {
    const { handover, clock, keepSource = () => false } = this.deps;
    const result = handover.reports(chat);
    const closed = doc && closeSent(doc, result, clock.now(), keepSource);
    return closed === doc ? { result } : { doc: closed, result };
  }
}

/**
 * An assistant over a store. One per store and process: it knows which replies are being handed over, together with the
 * dispatcher when there is one (`handover`).
 */
export function createAssistant(
  deps: Omit<HandleDeps, 'handover' | 'rounds'> & { readonly handover?: Handover },
): Assistant {
  return new OneAssistant({ ...deps, handover: deps.handover ?? new Handover(), rounds: new Rounds() });
}
