import { officesOf, type Asked } from './asked.ts';
import type { Candidate } from './said.ts';

/** A firm that sits in the area of another programme asks for this one's voucher, or a firm of this area asks whether it may. */

const SURE = 0.9;
/** Who may have it is asked in few words. */
const LONG = 30;
/** 那边的, 市的: what may stand between the place and the firm. */
const BETWEEN = /^(?:市|省|的|这边|那边|这儿|那儿)+/;

/** 太原市注册的, 山西省内的: what may stand between the firm's own place and the firm. */
const HERE = /^(?:市|省|县|区|内|境内|本地|当地|这边|那边|这儿|那儿|的|注册|登记|成立)+/;

/** The answer for firms of this area, when the message asks nothing but whether such a firm may have the voucher. */
export function localCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, message, places } = asked;
  const { id, short } = guide.files.programme;
  const answer = guide.files.answers.answers.find((one) => one.id === guide.files.free.local);
  if (!answer || message.bare.length > LONG) return undefined;
  const own = places.filter((one) => one.places.every(({ programme }) => programme === id)).map(({ name }) => name);
  const firm = [...own, short].some((name) => {
    const at = message.bare.indexOf(name);
    if (at < 0) return false;
    const after = message.bare.slice(at + name.length).replace(HERE, '');
    const word = cues.company.find((one) => after.startsWith(one));
    if (word === undefined) return false;
    const around = `${message.bare.slice(0, at)} ${after.slice(word.length)}`;
    return around === ' ' || (cues.may.some((one) => around.includes(one)) && leaves(around, [...cues.may, ...cues.may_around]));
  });
  return firm
    ? { said: { kind: 'written', answer, offices: officesOf(asked, answer.refer) }, guide, strength: SURE }
    : undefined;
}

/** Whether nothing is left of a text without these words. */
function leaves(text: string, words: readonly string[]): boolean {
  let rest = text;
  for (const word of [...words].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, ' ');
  return rest.trim() === '';
}

/** The answer for firms from elsewhere, when the message says that the firm is there. */
export function elsewhereCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, message, places } = asked;
  const { id } = guide.files.programme;
  const answer = guide.files.answers.answers.find((one) => one.id === guide.files.free.elsewhere);
  if (!answer) return undefined;
  const firm = places.some(({ name, places: entries, unsure }) => {
    const others = entries.every(({ programme }) => programme !== undefined && programme !== id);
    if (unsure || !others) return false;
    const at = message.bare.indexOf(name);
    const before = message.bare.slice(0, Math.max(0, at));
    const after = message.bare.slice(at + name.length).replace(BETWEEN, '');
    return (
      at >= 0 &&
      !cues.provider_before.some((word) => before.endsWith(word)) &&
      cues.firm.some((word) => after.startsWith(word))
    );
  });
  return firm
    ? { said: { kind: 'written', answer, offices: officesOf(asked, answer.refer) }, guide, strength: SURE }
    : undefined;
}
