import { groupWord } from './contact.ts';
import { findPlaces } from '../../understanding/index.ts';
import type { Guide } from '../guide.ts';
import type { Turn } from '../turn.ts';

/** The programmes that a message is about: those it names, else the one of the chat; none when neither says. */
export function programmesMeant(
  turn: Turn,
  text: string,
): { readonly guides: readonly Guide[]; readonly named: boolean } {
  const named = namedGuides(turn, text);
  const own = turn.guide();
  if (named.length === 1 && named[0] !== own && comparesWith(turn, named[0], text))
    return { guides: turn.guides(), named: true };
  if (named.length > 0) return { guides: named, named: true };
  const office = own ? undefined : guideOfOffice(turn, text);
  if (office) return { guides: [office], named: true };
  return { guides: own ? [own] : [], named: false };
}

const WITH = /[跟和与比同]$/;

/** 这个跟那边的哪个补得多: the one that is named is held against another one. */
function comparesWith({ kit }: Turn, guide: Guide | undefined, text: string): boolean {
  if (!kit.knowledge.cues.compare.some((word) => text.includes(word))) return false;
  return (guide?.files.programme.says ?? []).some((name) => {
    const at = text.indexOf(name);
    return at > 0 && WITH.test(text.slice(0, at));
  });
}

/** The programme whose directory alone has the office or the person that somebody wants to reach. */
function guideOfOffice(turn: Turn, text: string): Guide | undefined {
  const { cues } = turn.kit.knowledge;
  if (![...cues.contact, ...cues.telephone].some((word) => text.includes(word))) return undefined;
  const found = turn.guides().map((guide) => {
    const { entries, hand_in: handIn } = guide.files.contacts;
    const person = entries.some((entry) => entry.person !== undefined && text.includes(entry.person));
    const group = groupWord(guide, text);
    const length = group === undefined || group.group === handIn.group ? 0 : group.word.length;
    return { guide, length: person ? text.length : length };
  });
  const most = Math.max(...found.map(({ length }) => length));
  const longest = found.filter(({ length }) => length === most);
  return most > 0 && longest.length === 1 ? longest[0]?.guide : undefined;
}

/** A university named after a place (某省大学) is a provider, wherever it is named. */
const ORGANISATION_OF = /(?<=[去找到在请让向跟和与])[\u4e00-\u9fff]{2}(?:大学|学院|理工|工大|科大|师大|农大|医大)/g;
const AROUND = 4;

/** A place that is the provider's says nothing about the firm. */
function isProviders(turn: Turn, text: string, at: number, length: number): boolean {
  const { cues } = turn.kit.knowledge;
  const after = text.slice(at + length, at + length + AROUND + 2).replace(/^(?:市|省|县|的|那边)+/, '');
  const before = text.slice(Math.max(0, at - AROUND), at);
  return (
    cues.provider_after.some((word) => after.startsWith(word)) ||
    (cues.provider_before.some((word) => before.endsWith(word)) &&
      cues.provider_after.some((word) => text.slice(at).includes(word)))
  );
}

function isClaimed(turn: Turn, text: string, word: string): boolean {
  const at = text.indexOf(word);
  const after = text.slice(at + word.length);
  return at >= 0 && turn.kit.knowledge.cues.voucher_of.some((one) => after.startsWith(one));
}

function namedGuides(turn: Turn, text: string): Guide[] {
  const bare = text
    .slice(0, 400)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(ORGANISATION_OF, ' ');
  const own = turn.guide();
  const counts = (word: string): boolean => {
    const at = bare.indexOf(word);
    return at >= 0 && !(own && isProviders(turn, bare, at, word.length));
  };
  // 甲市的公司能报乙市的券吗: the firm is there, the voucher is this one's.
  const claimed = turn.guides().filter(({ files }) => files.programme.says.some((word) => isClaimed(turn, bare, word)));
  if (claimed.length === 1) return claimed;
  const places = findPlaces(bare, turn.kit.places);
  return turn.guides().filter(({ files }) => {
    const { id, says } = files.programme;
    if (says.some(counts)) return true;
    return places.some((one) => !one.unsure && one.places.every((place) => place.programme === id) && counts(one.name));
  });
}
