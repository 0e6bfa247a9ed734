import type { Event, Reply } from '../dialogue/reply.ts';
import type { ChatState } from '../dialogue/state.ts';
import { isNewChat, newChatDoc, type ChatDoc, type OutboxEntry } from './chatdoc.ts';
import type { Handover } from './handover.ts';
import { FaultyDocument, type Change, type Clock, type Inbound, type Log, type Outgoing, type Store } from './ports.ts';

/** One pure step of a conversation. `now` is a UTC instant in ms, `newId` a fresh id should one be needed. */
export type Advance = (
  state: ChatState,
  event: Event,
  now: number,
  newId: string,
) => { readonly state: ChatState; readonly replies: readonly Reply[] };

/** What handling a message needs. */
export interface HandleDeps {
  readonly store: Store<ChatDoc>;
  readonly advance: Advance;
  readonly clock: Clock;
  /** A new id at every call, sorting by time. */
  readonly ids: () => string;
  readonly log: Log;
  /** Said when the assistant itself has failed. */
  readonly broken: Reply;
  readonly handover: Handover;
  /** Removes what older writes still hold of a chat that was deleted on request. */
  readonly erase?: () => void;
}

/** A platform repeats a message within minutes; this is hours of one chat. */
const HANDLED_KEPT = 100;

interface Handled {
  readonly outgoing: readonly Outgoing[];
  /** Reported replies that this write has taken out of the outbox. */
  readonly noted: readonly string[];
  /** The person has had everything deleted. */
  readonly forgotten?: boolean;
}

/**
 * Handles one message in one durable step: the new state, the message's id and the replies are stored together, then
 * returned. A repeated message gives nothing, or what an earlier process died with before it was handed over.
 * A bug in the conversation is answered with `broken` and leaves the chat as it was.
 * @throws the store's error when nothing could be saved.
 */
export async function handleMessage(deps: HandleDeps, inbound: Inbound): Promise<readonly Outgoing[]> {
  const { handover } = deps;
  let taken: readonly string[] = [];
  try {
    const { outgoing, noted, forgotten } = await deps.store.update(inbound.chat, (doc) => {
      // A store may run this again; only the last run counts.
      handover.drop(taken);
      const change = step(deps, doc ?? newChatDoc(inbound.chat), inbound);
      // Taken within the update: the next message of the chat may be decided before this one is returned.
      taken = change.result.outgoing.map(({ id }) => id);
      handover.take(taken);
      return change;
    });
    handover.noted(inbound.chat, noted);
    if (forgotten) deps.erase?.();
    return outgoing;
  } catch (error) {
    handover.drop(taken);
    if (!(error instanceof FaultyDocument)) throw error;
    // The stored text is kept aside for the operator; to try again would not help the person.
    deps.log.error('handle.faulty-document', { chat: inbound.chat });
    return [{ id: deps.ids(), reply: deps.broken }];
  }
}

function step(deps: HandleDeps, doc: ChatDoc, inbound: Inbound): Change<ChatDoc, Handled> {
  const { handover } = deps;
  const { chat, messageId } = inbound;
  if (messageId !== undefined && doc.handled.includes(messageId)) {
    const again = doc.outbox.filter((entry) => entry.messageId === messageId && !handover.isHeld(entry.id));
    return { result: { outgoing: again.map(({ id, reply }) => ({ id, reply })), noted: [] } };
  }
  const now = inbound.at ?? deps.clock.now();
  const next = advanced(deps, doc.state, inbound, now);
  const entries = next.replies.map((reply): OutboxEntry => {
    const entry = { id: deps.ids(), reply, at: now };
    return messageId === undefined ? entry : { ...entry, messageId };
  });
  const forgotten = isNewChat(next.state) && !isNewChat(doc.state);
  // Older replies repeat what a person has just had deleted.
  const waiting = forgotten ? [] : doc.outbox.filter(({ id }) => isWaiting(handover, inbound, id));
  const handled = messageId === undefined ? doc.handled : [...doc.handled, messageId].slice(-HANDLED_KEPT);
  return {
    doc: { ...doc, state: next.state, handled, outbox: [...waiting, ...entries], updatedAt: now },
    result: { outgoing: entries.map(({ id, reply }) => ({ id, reply })), noted: handover.reports(chat), forgotten },
  };
}

function isWaiting(handover: Handover, inbound: Inbound, id: string): boolean {
  if (handover.isDelivered(inbound.chat, id)) return false;
  return inbound.pull === undefined || handover.isHeld(id);
}

function advanced(deps: HandleDeps, state: ChatState, inbound: Inbound, now: number): ReturnType<Advance> {
  try {
    return deps.advance(state, inbound.event, now, deps.ids());
  } catch (error) {
    // The message of an error may quote what a person wrote; its name and place do not.
    deps.log.error('handle.advance-failed', { chat: inbound.chat, ...describe(error) });
    return { state, replies: [deps.broken] };
  }
}

function describe(error: unknown): { readonly error: string; readonly where?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const where = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  return where === undefined ? { error: error.name } : { error: error.name, where: where.trim() };
}
