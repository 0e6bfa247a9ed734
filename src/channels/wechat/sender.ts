import { readFile } from 'node:fs/promises';
import type { Log } from '../../app/ports.ts';
import type { Sender, Sent } from '../../app/outports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import { bounded, codeOf } from './bounded.ts';
import type { Echoes } from './echoes.ts';
import type { Line } from './line.ts';
import { OFFLINE_MS, outcomeOf } from './outcome.ts';
import { partsOf, type Part } from './parts.ts';
import { WECHAT, type People } from './people.ts';
import type { Puppet } from './puppet.ts';
import type { Quota } from './quota.ts';
import type { Roster } from './roster.ts';
import type { WechatWords } from './words.ts';

export interface SenderDeps {
  readonly line: Line;
  readonly people: People;
  readonly roster: Roster;
  readonly quota: Quota;
  readonly echoes: Echoes;
  readonly words: Pick<WechatWords, 'choice'>;
  readonly log: Log;
  /** Between two parts of a reply, and for one call of the puppet (ms). */
  readonly partGapMs: number;
  readonly withinMs: number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A session that is only being renewed is waited for this long (ms). */
const HOLD_MS = 10_000;
/** The library's number for a file that is given as text. */
const BASE64 = 1;

/** The way out to the people of one account. */
export function wechatSender(deps: SenderDeps): Sender {
  const { line, log, words } = deps;
  return {
    channel: WECHAT,
    parts: (reply) => Math.max(1, partsOf(reply, words).length),
    async send(chat, reply, fromPart) {
      const parts = partsOf(reply, words);
      if (parts.length === 0) return { kind: 'refused', reason: 'nothing to show' };
      const puppet = await line.ready(HOLD_MS);
      if (!puppet) return { kind: 'later', scope: 'channel', afterMs: OFFLINE_MS, partsSent: fromPart };
      try {
        const conversation = await whereTo(deps, chat);
        if (conversation === undefined) return { kind: 'unreachable', reason: 'unknown-chat' };
        const taken = await deps.quota.take(chat, parts.length - fromPart);
        if (taken.kind === 'wait') return { kind: 'later', scope: 'chat', afterMs: taken.ms, partsSent: fromPart };
        const sent = await showParts(deps, puppet, conversation, parts, fromPart);
        await deps.quota.giveBack(taken, parts.length - shownOf(sent, parts.length, fromPart)).catch(() => undefined);
        return sent;
      } catch (error) {
        // The store did not answer; nothing has left.
        log.warn('wechat.not-prepared', { chat, error: codeOf(error) });
        return { kind: 'later', scope: 'chat', partsSent: fromPart };
      }
    },
  };
}

/** Shows a reply to a person or a room by the puppet's id; what comes of it is nobody's business. */
export async function showAside(deps: SenderDeps, conversation: string, reply: Reply): Promise<void> {
  const puppet = await deps.line.ready(HOLD_MS);
  if (puppet) await showParts(deps, puppet, conversation, partsOf(reply, deps.words), 0);
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
  fromPart: number,
): Promise<Sent> {
  const { line, log } = deps;
  for (const [index, part] of parts.entries()) {
    if (index < fromPart) continue;
    if (index > fromPart) await deps.sleep(deps.partGapMs);
    const words = part.kind === 'text' ? part.text : part.name;
    // Sent again because nobody knew what became of it; meanwhile the platform has told.
    if (deps.echoes.wasShown(conversation, words)) continue;
    const since = performance.now();
    try {
      await showPart(deps, puppet, conversation, part);
      line.worked();
    } catch (error) {
      const sent = outcomeOf(error, index);
      if (sent.kind === 'ambiguous') {
        deps.echoes.lost(conversation, words, since);
        line.suspect();
      }
      log.warn('wechat.not-sent', { outcome: sent.kind, code: codeOf(error) });
      return sent;
    }
  }
  return { kind: 'sent' };
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
