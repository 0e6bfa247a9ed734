import type { ChatState } from '../dialogue/state.ts';
import { isNewChat, newChatDoc, type ChatDoc, type OutboxEntry } from './chatdoc.ts';
import type { Mailbox } from './dispatch/entry.ts';
import { closeEntry, closeSent, isUnasked, type KeepSource } from './dispatch/outbox.ts';
import type { Handover } from './handover.ts';
import type { Advance, HandleDeps, Handled, Message } from './handling.ts';
import { FaultyDocument, type Change, type Inbound, type Outgoing } from './ports.ts';
import { asideOf } from './staff/rounds.ts';

export type { Advance, HandleDeps } from './handling.ts';

/** A platform repeats a message within minutes; so many are hours of one chat. */
const HANDLED_KEPT = 100;

/**
 * Handles one message in one durable step: the new state, the message's id and the replies are stored together, then
 * returned. A repeated message gives nothing, or what an earlier process died with before it was handed over.
 * A bug in the conversation is answered with `broken` and leaves the chat as it was.
 * @throws the store's error when nothing could be saved.
 */
export async function handleMessage(deps: HandleDeps, inbound: Inbound): Promise<readonly Outgoing[]> {
  const message: Message = { inbound, newId: deps.ids(), now: inbound.at ?? deps.clock.now() };
  const { chat, group = false } = inbound;
  try {
    for (;;) {
      const { outgoing, needs, wait } = await once(deps, message);
      if (wait) await wait;
      else if (!needs) return outgoing;
      else if (!deps.desk) throw new Error('there is no desk to be asked');
      else await message.round?.ask(deps.desk, needs, { chat, group, now: message.now });
    }
  } finally {
    message.round?.end();
  }
}

async function once(deps: HandleDeps, message: Message): Promise<Omit<Handled, 'noted'>> {
  const { handover } = deps;
  const { inbound } = message;
  let taken: readonly string[] = [];
  try {
    const handled = await deps.store.update(inbound.chat, (doc) => {
      // A store may run this again; only the last run counts.
      handover.drop(taken);
      const change = step(deps, doc ?? newChatDoc(inbound.chat), message);
      // Taken within the update: the next message of the chat may be decided before this one is returned.
      taken = change.result.outgoing.map(({ id }) => id);
      handover.take(taken);
      return change;
    });
    const { outgoing, noted, forgotten, kept } = handled;
    handover.noted(inbound.chat, noted);
    if (forgotten) deps.erase?.();
    if (kept) deps.keep?.(kept, message.now);
    for (const { reply } of outgoing) if (reply.file) await provide(deps, inbound.chat, reply.file.path);
    return handled;
  } catch (error) {
    handover.drop(taken);
    if (!(error instanceof FaultyDocument)) throw error;
    // The stored text is kept aside for the operator; to try again would not help the person.
    deps.log.error('handle.faulty-document', { chat: inbound.chat });
    return { outgoing: [{ id: deps.ids(), reply: deps.broken }] };
  }
}

function step(deps: HandleDeps, doc: ChatDoc, message: Message): Change<ChatDoc, Handled> {
  const { handover, keepSource = () => false, handledKept = HANDLED_KEPT } = deps;
  const { inbound, now } = message;
  const { chat, messageId, group } = inbound;
  const wait = message.round ? undefined : deps.rounds.waitFor(chat);
  if (wait) return { result: { outgoing: [], noted: [], wait } };
  if (messageId !== undefined && doc.handled.includes(messageId)) {
    const again = doc.outbox.filter((entry) => entry.messageId === messageId && !handover.isHeld(entry.id));
    return { result: { outgoing: again.map(({ id, reply }) => ({ id, reply })), noted: [] } };
  }
  const next = advanced(deps, doc.state, message);
  if ('needs' in next) {
    message.round ??= deps.rounds.begin(chat);
    return { result: { outgoing: [], noted: [], needs: next.needs } };
  }
  const entries = next.replies.map((reply): OutboxEntry => {
    const id = deps.ids();
    return messageId === undefined ? { id, reply, at: now } : { id, reply, messageId, at: now };
  });
  const forgotten = isNewChat(next.state) && !isNewChat(doc.state);
  // A chat that writes can be reached again.
  const { outbox, ledger } = doc;
  const reports = handover.reports(chat);
  // Older replies repeat what a person has just had deleted, and the ledger tells what was sent.
  const sent = closeSent({ outbox, ...(ledger && { ledger }) }, reports, now, keepSource);
  const stops = next.state.stopped !== undefined && next.state.stopped !== doc.state.stopped;
  const box = forgotten ? { outbox: [] } : stops ? withoutUnasked(sent, now, keepSource) : sent;
  const waiting = box.outbox.filter((entry) => isWaiting(handover, inbound, entry));
  const noted = forgotten ? [...reports, ...outbox.map(({ id }) => id)] : reports;
  const handled = messageId === undefined ? doc.handled : withLast(doc.handled, messageId, handledKept);
  const kept = { ...lasting(doc), state: next.state, handled, outbox: [...waiting, ...entries], updatedAt: now };
  const handledDoc: ChatDoc =
    box.ledger || group ? { ...kept, ...(box.ledger && { ledger: box.ledger }), ...(group && { group }) } : kept;
  const due = nextDue(deps, handledDoc, now);
  return {
    doc: due === undefined ? handledDoc : { ...handledDoc, due },
    result: {
      outgoing: entries.map(({ id, reply }) => ({ id, reply })),
      noted,
      forgotten,
      ...(next.kept && { kept: next.kept }),
    },
  };
}

/** The document without what holds only until the chat writes again: it can be reached, and is looked at anew. */
function lasting(doc: ChatDoc): Omit<ChatDoc, 'reach' | 'due' | 'ledger'> {
  // Hardly any has one of these, and a copy with fields taken away is slow to make and slow to use.
  if (doc.reach === undefined && doc.due === undefined && doc.ledger === undefined) return doc;
  const { reach: _reach, due: _due, ledger: _ledger, ...rest } = doc;
  return rest;
}

/** The list with one more, and no more than `most`. */
function withLast(handled: readonly string[], messageId: string, most: number): string[] {
  const list = handled.slice(Math.max(0, handled.length + 1 - most));
  list.push(messageId);
  return list;
}

/** What a reply says stands in its text as well: without its file it still goes out. */
async function provide(deps: HandleDeps, chat: string, path: string): Promise<void> {
  try {
    await deps.provide?.(path);
  } catch (error) {
    deps.log.error('handle.file-failed', { chat, error: error instanceof Error ? error.name : typeof error });
  }
}

/** 退订 takes effect at once: what waits is let go of, what is leaving may still be seen. */
function withoutUnasked(box: Mailbox, now: number, keepSource: KeepSource): Mailbox {
  return box.outbox
    .filter(isUnasked)
    .reduce((left, { id, sending }) => closeEntry(left, id, sending ? 'ambiguous' : 'cancelled', now, keepSource), box);
}

/** A fault in the planning of reminders must not cost anybody the answer to a message. */
function nextDue(deps: HandleDeps, doc: ChatDoc, now: number): number | undefined {
  try {
    return deps.nextDue?.(doc, now);
  } catch (error) {
    deps.log.error('handle.plan-failed', { chat: doc.chat, ...describe(error) });
    return undefined;
  }
}

/** What nobody asked for waits for its own way out; a reply to a channel that has to ask, only while it has it. */
function isWaiting(handover: Handover, inbound: Inbound, entry: OutboxEntry): boolean {
  return inbound.pull === undefined || isUnasked(entry) || handover.isHeld(entry.id);
}

function advanced(deps: HandleDeps, state: ChatState, message: Message): ReturnType<Advance> {
  const { inbound, newId, now, round } = message;
  try {
    return deps.advance(state, inbound.event, now, newId, asideOf(inbound.group === true, round));
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
