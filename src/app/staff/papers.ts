import type { DeskCalls, Office, Seen, Told } from '../../dialogue/staff/desk.ts';
import type { Member } from '../../outreach/audience.ts';
import { isStopped } from '../../outreach/audience.ts';
import { awake } from '../../outreach/quiet.ts';
import type { BroadcastDeps } from '../broadcast/deps.ts';
import { listKey } from '../broadcast/listkey.ts';
import { knownIn, seenBy, type Known } from '../broadcast/members.ts';
import { enqueue } from '../dispatch/outbox.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Post } from '../records/kinds.ts';

/** What an office sees of its enterprises, and what it says of their papers. */

/** Name, city, progress and missing papers: nothing else leaves the chat of an enterprise. */
export function seenOf({ member }: Known): Seen {
  const { enterprise, city, progress, missing } = member;
  return { name: enterprise.name ?? '', city: city ?? '', progress, missing };
}

/** The enterprises that the office may see, in no order; room is left for others while one goes through them. */
export async function* seenOfOffice(deps: BroadcastDeps, office: Office, now: number): AsyncGenerator<Known> {
  const programme = deps.offices.programme(office.programme);
  if (programme) yield* seenBy(deps, programme, office.cities, now);
}

/** The first of them by city and name, as an officer reads them in a chat. */
export async function seenList(
  deps: BroadcastDeps,
  office: Office,
  now: number,
): Promise<{ readonly rows: readonly Seen[]; readonly count: number }> {
  const { enterprises_shown: most } = deps.limits;
  const first: { readonly key: string; readonly row: Seen }[] = [];
  let count = 0;
  for await (const known of seenOfOffice(deps, office, now)) {
    count += 1;
    const { enterprise, city = '' } = known.member;
    const key = `${String(office.cities.indexOf(city)).padStart(3, '0')} ${enterprise.name ?? ''}`;
    const last = first.at(-1);
    if (first.length >= most && last && key >= last.key) continue;
    first.splice(first.filter((one) => one.key <= key).length, 0, { key, row: seenOf(known) });
    if (first.length > most) first.pop();
  }
  return { rows: first.map(({ row }) => row), count };
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
  const chats = new Set<string>();
  for await (const known of seenOfOffice(deps, office, now)) if (same(known)) chats.add(known.doc.chat);
  if (!programme || chats.size === 0) return { ok: false, why: 'not-found' };
  let told = 0;
  for (const chat of chats) {
    const isTold = await deps.chats.update(chat, (doc) => {
      const known = doc && knownIn(doc, programme, office.cities, now).find(same);
      if (!known) return { result: false };
      const marked = withMark(doc, known.member, input, now);
      const reply = deps.words.marked(deps.offices.officeOf(post).name, input.name, input.mark, input.lacks);
      const entry = {
        ...({ id: deps.ids(), reply, at: now, kind: 'broadcast', source: `marked:${input.id}` } as const),
        // An officer may work late; nobody is woken up for it.
        ...(awake(now) > now && { notBefore: awake(now) }),
      };
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
