import { has, officesOf, type Asked } from './asked.ts';
import type { Candidate } from './said.ts';

/** A firm that sits in the area of another programme asks for this one's voucher, or a firm of this area asks whether it may. */

const SURE = 0.9;
/** Who may have it is asked in few words. */
const LONG = 30;
/** 那边的, 市的: what may stand between the place and the firm. */
const BETWEEN = /^(?:市|省|的|这边|那边|这儿|那儿)+/;

/** 北京市那边注册的 */
const HERE_IT_IS = /^(?:市|省|县|区|这边|那边|的)+/;
/** 太原市注册的, 山西省内的: what may stand between the firm's own place and the firm. */
const HERE = /^(?:市|省|县|区|内|境内|本地|当地|这边|那边|这儿|那儿|的|注册|登记|成立)+/;

/** 公司在 */
const IS_IN = /(?:是)?(?:注册|登记|开|设|落户)?在$/;

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
    const before = message.bare.slice(0, at);
    const after = message.bare.slice(at + name.length).replace(HERE, '');
    const word = cues.company.find((one) => after.startsWith(one));
    const said = before.replace(IS_IN, '');
    const owner = said === before ? undefined : cues.company.find((one) => said.endsWith(one));
    if (word === undefined && owner === undefined) return false;
    const around =
      word === undefined ? `${said.slice(0, -(owner?.length ?? 0))} ${after}` : `${before} ${after.slice(word.length)}`;
    return (
      around === ' ' ||
      (cues.may.some((one) => around.includes(one)) && leaves(around, [...cues.may, ...cues.may_around]))
    );
  });
  return firm
    ? { said: { kind: 'written', answer, offices: officesOf(asked, answer.refer) }, guide, strength: SURE }
    : undefined;
}

/** 注册地在, 登记是在: between a word of registering and its place; 注册的 behind a place belongs to that one. */
const AT = /(?:地址|地)?(?:是在|在|是|于)?$/;
const IN = /(?:^|[\s,，。;；、]|在|是|于|从|公司|企业)$/;

/** The answer for a firm that is registered in one place and works in another: where it is registered counts. */
export function registeredCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, message, places } = asked;
  const { id } = guide.files.programme;
  const { elsewhere, works_elsewhere: worksElsewhere } = guide.files.free;
  const { text } = message;
  if (has(asked, cues.moves) || has(asked, cues.provider_after) || text.length > LONG) return undefined;
  const said = places.flatMap(({ name, places: entries, unsure }) => {
    const at = text.indexOf(name);
    if (unsure || at < 0) return [];
    const before = text.slice(0, at);
    const lead = before.replace(AT, '');
    // 在甲地注册在乙地生产: the word belongs to the place that it closes.
    const taken = places.some((one) => cues.registered.some((word) => lead.endsWith(`在${one.name}${word}`)));
    const after = text.slice(at + name.length).replace(HERE_IT_IS, '');
    const registered =
      (!taken && cues.registered.some((word) => lead.endsWith(word))) ||
      (IN.test(before) && cues.registered.some((word) => after.startsWith(word)));
    return [{ registered, inside: entries.every(({ programme }) => programme === id) }];
  });
  const [first, ...rest] = said.filter(({ registered }) => registered);
  const other = said.find(({ registered }) => !registered);
  if (!first || rest.length > 0 || !other || first.inside === other.inside) return undefined;
  const wanted = first.inside ? worksElsewhere : elsewhere;
  const answer = guide.files.answers.answers.find((one) => one.id === wanted);
  return (
    answer && { said: { kind: 'written', answer, offices: officesOf(asked, answer.refer) }, guide, strength: SURE }
  );
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
