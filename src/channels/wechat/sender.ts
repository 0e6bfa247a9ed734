import { readFile } from 'node:fs/promises';
import type { Log } from '../../app/ports.ts';
import type { Sender, Sent } from '../../app/outports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import type { Allowance } from './allowance.ts';
import { bounded, codeOf } from './bounded.ts';
import type { Echoes } from './echoes.ts';
import type { Line } from './line.ts';
import { OFFLINE_MS, outcomeOf } from './outcome.ts';
import { partsOf, type Part } from './parts.ts';
import { WECHAT, type People } from './people.ts';
import type { Puppet } from './puppet.ts';
import type { Roster } from './roster.ts';
import type { PartWords } from './words.ts';

export interface SenderDeps {
  readonly line: Line;
  readonly people: People;
  readonly roster: Roster;
  readonly allowance: Allowance;
  readonly echoes: Echoes;
  readonly words: PartWords;
  readonly log: Log;
  /** Between two parts of a reply, and for one call of the puppet (ms). */
  readonly partGapMs: number;
  readonly withinMs: number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Resolves when what the platform has reported so far is read, or that takes too long. */
  readonly caughtUp: () => Promise<void>;
}

/** A session that is only being renewed is waited for this long (ms). */
const HOLD_MS = 10_000;
const CLOSED: Sent = { kind: 'unreachable', reason: 'window-closed' };
/** The library's number for a file that is given as text. */
const BASE64 = 1;

/** The way out to the people of one account. */
export function wechatSender(deps: SenderDeps): Sender {
  const { line, log, words } = deps;
  return {
    channel: WECHAT,
    account: deps.allowance,
    parts: (reply) => messagesOf(reply, words),
    async send(chat, reply, fromPart, unasked = false) {
      const parts = partsOf(reply, words);
      if (parts.length === 0) return { kind: 'refused', reason: 'nothing to show' };
      const puppet = await line.ready(HOLD_MS);
      if (!puppet) return { kind: 'later', scope: 'channel', afterMs: OFFLINE_MS, partsSent: fromPart };
      try {
        const conversation = await whereTo(deps, chat);
        if (conversation === undefined) return { kind: 'unreachable', reason: 'unknown-chat' };
        const wanted = parts.length - fromPart;
        const places = await deps.allowance.take(chat, wanted, unasked);
        if (places.kind === 'closed') return CLOSED;
        if (places.kind === 'wait') return { kind: 'later', scope: 'chat', afterMs: places.ms, partsSent: fromPart };
        const upTo = fromPart + places.messages;
        const since = performance.now();
        const sent = await showParts(deps, puppet, conversation, parts.slice(0, upTo), { fromPart, once: unasked });
        await places.giveBack(upTo - shownOf(sent, upTo, fromPart)).catch(() => undefined);
        if (sent.kind !== 'sent') return sent;
        if (upTo < parts.length) return CLOSED;
        const lives = await line.lives(puppet);
        for (const part of unasked ? [] : parts.slice(fromPart)) {
          if (lives) deps.echoes.settled(conversation, wordsOf(part));
          else deps.echoes.lost(conversation, wordsOf(part), since);
        }
        if (lives) return sent;
        log.warn('wechat.not-sent', { outcome: 'ambiguous', code: 'dead' });
        return { kind: 'ambiguous', partsSent: fromPart };
      } catch (error) {
        // The store did not answer; nothing has left.
        log.warn('wechat.not-prepared', { chat, error: codeOf(error) });
        return { kind: 'later', scope: 'chat', partsSent: fromPart };
      }
    },
  };
}

/** How many of the platform's messages a reply takes. */
export function messagesOf(reply: Reply, words: PartWords): number {
  return Math.max(1, partsOf(reply, words).length);
}

/** Shows a reply to a person or a room by the puppet's id; what comes of it is nobody's business. */
export async function showAside(deps: SenderDeps, conversation: string, reply: Reply): Promise<void> {
  const puppet = await deps.line.ready(HOLD_MS);
  if (puppet) await showParts(deps, puppet, conversation, partsOf(reply, deps.words), { fromPart: 0, once: true });
}

/** How many parts are through, or may be. */
function shownOf(sent: Sent, parts: number, fromPart: number): number {
  if (sent.kind === 'sent') return parts;
  const shown = 'partsSent' in sent ? (sent.partsSent ?? fromPart) : fromPart;
  return sent.kind === 'ambiguous' ? shown + 1 : shown;
}

/** The id under which the chat is reached in the present login. */
async function whereTo({ people, roster }: SenderDeps, chat: string): Promise<string | undefined> {
  const address = await people.addressOf(chat);
  if (address?.handle === undefined || (await roster.has(address.id))) return address?.id;
  const now = await roster.idOf(address.handle);
  if (now !== undefined) await people.bindId(now, chat, address.handle);
  // A list may be incomplete: what the platform says to the old id decides.
  return now ?? address.id;
}

async function showParts(
  deps: SenderDeps,
  puppet: Puppet,
  conversation: string,
  parts: readonly Part[],
  { fromPart, once }: { readonly fromPart: number; readonly once: boolean },
): Promise<Sent> {
  const { line, log } = deps;
  for (const [index, part] of parts.entries()) {
    if (index < fromPart) continue;
    if (index > fromPart) await deps.sleep(deps.partGapMs);
    const words = wordsOf(part);
    // Sent again because nobody knew what became of it; meanwhile the platform may have told.
    if (deps.echoes.isInDoubt(conversation, words)) await deps.caughtUp();
    if (deps.echoes.wasShown(conversation, words)) {
      deps.echoes.settled(conversation, words);
      continue;
    }
    const since = performance.now();
    try {
      await showPart(deps, puppet, conversation, part);
      line.worked();
    } catch (error) {
      const sent = outcomeOf(error, index);
      if (sent.kind === 'ambiguous') {
        if (!once) deps.echoes.lost(conversation, words, since);
        line.suspect();
      }
      // Turned away by the platform itself: the account lives.
      if (sent.kind === 'unreachable' || sent.kind === 'refused') line.worked();
      log.warn('wechat.not-sent', { outcome: sent.kind, code: codeOf(error) });
      return sent;
    }
  }
  return { kind: 'sent' };
}

/** By which a message is known again among the account's own. */
function wordsOf(part: Part): string {
  return part.kind === 'text' ? part.text : part.name;
}

async function showPart(deps: SenderDeps, puppet: Puppet, conversation: string, part: Part): Promise<void> {
  if (part.kind === 'text') {
    await bounded(deps.withinMs, () => puppet.messageSendText(conversation, part.text));
    return;
  }
  const bytes = await readFile(part.path).catch(() => undefined);
  // What it says stands in the text before it; a file that is gone will not come back.
  if (bytes === undefined) {
    deps.log.warn('wechat.file-missing');
    return;
  }
  // The library's own form of a file; as text, for puppets are known to fail at bytes.
  const filebox = JSON.stringify({
    type: BASE64,
    name: part.name.replace(/[\p{Cc}"/\\]/gu, '_'),
    base64: bytes.toString('base64'),
  });
  await bounded(deps.withinMs, () => puppet.messageSend(conversation, { type: 'Attachment', payload: { filebox } }));
}
