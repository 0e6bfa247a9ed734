import type { Assignment, Scalar } from '../policy/index.ts';
import { NONE_ID, OPEN_ID, UNKNOWN_ID } from './offers.ts';
import type { Offer, Prepared } from './prepared.ts';

/** What a message says about the pending question. */
export type AnswerReading =
  | { readonly kind: 'given'; readonly gives: readonly Assignment[]; readonly choice?: string }
  /** "Something here is not so", or not known: asked further, beside what is given. */
  | { readonly kind: 'opened'; readonly gives?: readonly Assignment[] }
  | {
      readonly kind: 'doubtful';
      readonly options: readonly { readonly value: Scalar; readonly label: string }[];
      readonly why: string;
    }
  | { readonly kind: 'rejected'; readonly why: string }
  /** A calculation where the total is needed. */
  | { readonly kind: 'calculation' }
  /** A month or a year where a day is needed. */
  | { readonly kind: 'coarse' }
  | { readonly kind: 'none' };

/** Takes an offered choice. */
export function takeOffer(prepared: Prepared, offer: Offer): AnswerReading {
  if (prepared.kind === 'bundle' && offer.id === OPEN_ID) return { kind: 'opened' };
  if (prepared.kind === 'multi') return pick(prepared, [offer.id], []);
  return { kind: 'given', gives: offer.gives ?? [], choice: offer.id };
}

/** Takes the choice with this id, if it is offered. */
export function byId(prepared: Prepared, id: string): AnswerReading {
  const offer = prepared.offers.find((one) => one.id === id);
  return offer ? takeOffer(prepared, offer) : { kind: 'none' };
}

/** What is picked is given; what is not picked is not held, or not known when the person said so. */
export function pick(prepared: Prepared, picked: readonly string[], unsure: readonly string[]): AnswerReading {
  const chosen = new Set(picked);
  const own = prepared.offers.filter((offer) => offer.id !== NONE_ID && offer.id !== UNKNOWN_ID);
  const some = own.some((offer) => chosen.has(offer.id));
  // "All of them" and "all but one" reach to the end of the list, where "none" and "not known" stand.
  const swept = some && chosen.has(NONE_ID);
  const restUnknown = chosen.has(UNKNOWN_ID) && !swept;
  const doubting = prepared.step.kind === 'question' && prepared.step.unsure === true;
  if (restUnknown && !doubting)
    return { kind: 'opened', gives: own.flatMap((offer) => (chosen.has(offer.id) ? [...(offer.gives ?? [])] : [])) };
  const gives = own.flatMap((offer): Assignment[] => {
    if (chosen.has(offer.id)) return [...(offer.gives ?? [])];
    const unknown = restUnknown || unsure.includes(offer.id);
    return (offer.gives ?? []).slice(0, 1).map(({ path }) => notPicked(path, unknown));
  });
  return { kind: 'given', gives, choice: picked.join(' ') };
}

/** `identities[x].valid` not picked: the member itself is not held. */
function notPicked(path: string, unknown: boolean): Assignment {
  const member = /^(.+\[[^\]]+\])\.[a-z_]+$/.exec(path)?.[1];
  if (unknown) return { path, value: null };
  return { path: member !== undefined && !path.startsWith('services[') ? member : path, value: false };
}
