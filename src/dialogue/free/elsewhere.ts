import { officesOf, type Asked } from './asked.ts';
import type { Candidate } from './said.ts';

/** A firm that sits in the area of another programme asks for this one's voucher. */

const SURE = 0.9;
/** 那边的, 市的: what may stand between the place and the firm. */
const BETWEEN = /^(?:市|省|的|这边|那边|这儿|那儿)+/;

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
