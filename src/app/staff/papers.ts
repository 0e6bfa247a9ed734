import type { DeskCalls, Office, Seen, Told } from '../../dialogue/staff/desk.ts';
import type { Member } from '../../outreach/audience.ts';
import { isStopped } from '../../outreach/audience.ts';
import type { BroadcastDeps } from '../broadcast/deps.ts';
import { knownIn, listKey, seenBy, type Known } from '../broadcast/members.ts';
import { enqueue } from '../dispatch/outbox.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Post } from '../records/kinds.ts';

/** What an office sees of its enterprises, and what it says of their papers. */

/** Name, city, progress and missing papers: nothing else leaves the chat of an enterprise. */
export function seenOf({ member }: Known): Seen {
  const { enterprise, city, progress, missing } = member;
  return { name: enterprise.name ?? '', city: city ?? '', progress, missing };
}

/** All enterprises that the office may see, by city and name. */
export async function allSeen(deps: BroadcastDeps, office: Office, now: number): Promise<Known[]> {
  const programme = deps.offices.programme(office.programme);
  const found: Known[] = [];
  if (programme) for await (const known of seenBy(deps, programme, office.cities, now)) found.push(known);
  const key = ({ member }: Known): string =>
    `${String(office.cities.indexOf(member.city ?? ''))} ${member.enterprise.name ?? ''}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The first of them, as an officer reads them in a chat. */
export async function seenList(
  deps: BroadcastDeps,
  office: Office,
  now: number,
): Promise<{ readonly rows: readonly Seen[]; readonly count: number }> {
  const all = await allSeen(deps, office, now);
  return { rows: all.slice(0, deps.limits.enterprises_shown).map(seenOf), count: all.length };
}

/** Notes that the papers of an enterprise came in, or were given back, in every chat that speaks for it. */
export async function markPapers(
  deps: BroadcastDeps,
  { office, post }: { readonly office: Office; readonly post: Post },
  input: DeskCalls['mark']['input'],
  now: number,
): Promise<DeskCalls['mark']['output']> {
  const programme = deps.offices.programme(office.programme);
  const same = (known: Known): boolean => listKey('', known.member.enterprise.name ?? '') === listKey('', input.name);
  const chats = new Set((await allSeen(deps, office, now)).filter(same).map(({ doc }) => doc.chat));
  if (!programme || chats.size === 0) return { ok: false, why: 'not-found' };
  let told = 0;
  for (const chat of chats) {
    const isTold = await deps.chats.update(chat, (doc) => {
      const known = doc && knownIn(doc, programme, office.cities, now).find(same);
      if (!known) return { result: false };
      const marked = withMark(doc, known.member, input, now);
      const reply = deps.words.marked(deps.offices.officeOf(post).name, input.name, input.mark, input.lacks);
      const entry = { id: deps.ids(), reply, at: now, kind: 'broadcast', source: `marked:${input.id}` } as const;
      const wanted = !isStopped(doc.state);
      return { doc: wanted ? enqueue(marked, [entry]) : marked, result: wanted };
    });
    if (isTold) told += 1;
  }
  return { ok: true, value: { name: input.name, told } } satisfies Told<unknown>;
}

/** The enterprise in the state in which papers are handed in, or in the one before. */
function withMark(
  doc: ChatDoc,
  { programme, enterprise, dossier, track }: Member,
  { mark, lacks }: DeskCalls['mark']['input'],
  now: number,
): ChatDoc {
  const filed = track.find((machine) => machine.filed !== undefined)?.filed;
  const before = track
    .flatMap(({ transitions }) => transitions)
    .find(({ to, implied }) => to === filed && !implied)?.from;
  const progress = mark === 'received' ? filed : before;
  const marked = { mark, at: now, ...(lacks === '' ? {} : { lacks }) };
  const changed = { ...dossier, ...(progress === undefined ? {} : { progress }), marked };
  const enterprises = doc.state.enterprises.map((one) =>
    one.id === enterprise.id ? { ...one, dossiers: { ...one.dossiers, [programme.id]: changed } } : one,
  );
  // Looked at at once: what the enterprise is reminded of has changed.
  return { ...doc, state: { ...doc.state, enterprises }, due: now };
}
