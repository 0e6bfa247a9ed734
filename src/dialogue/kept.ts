import type { Guide } from './guide.ts';
import type { Prepared } from './prepared.ts';
import type { Reply } from './reply.ts';

/**
 * Questions and the replies that put them, kept for all chats: nearly every question is put in one of a few ways, and
 * what is put is the same whoever is asked. What holds anything of one enterprise does not belong here.
 */

/** As many ways of putting questions as are kept of one programme; then it begins anew. */
const MOST_QUESTIONS = 2_000;
/** Questions of an interview whose replies are kept, by number. */
const MOST_NUMBERS = 60;

const questions = new WeakMap<Guide, Map<string, Prepared>>();
const replies = new WeakMap<Prepared, (Reply | undefined)[]>();

/** The question kept under the key, made when there is none. The key has to name everything that it is made of. */
export function keptQuestion(guide: Guide, key: string, make: () => Prepared): Prepared {
  const own = questions.get(guide) ?? new Map<string, Prepared>();
  questions.set(guide, own);
  const known = own.get(key);
  if (known) return known;
  const made = make();
  if (own.size >= MOST_QUESTIONS) own.clear();
  own.set(key, made);
  replies.set(made, []);
  return made;
}

/**
 * The reply that puts a question as number `n`: for a kept question it is the same object every time, frozen, so that
 * whoever writes it down needs to do so once.
 */
export function keptReply(prepared: Prepared, n: number, make: () => Reply): Reply {
  const own = n < MOST_NUMBERS ? replies.get(prepared) : undefined;
  if (!own) return make();
  const known = own[n];
  if (known) return known;
  const made = Object.freeze(make());
  own[n] = made;
  return made;
}
