import MiniSearch from 'minisearch';
import type { Guide } from '../guide.ts';

/** The notice itself, in passages as long as a clause: what is left when nobody has written an answer. */

export interface Passage {
  readonly clause: string;
  readonly text: string;
}

export interface PassageIndex {
  readonly find: (query: string) => { readonly passage: Passage; readonly score: number } | undefined;
}

const CHINESE = '一二三四五六七八九十';
const SECTION = /^([一二三四五六七八九十]{1,3})、/;
const ARTICLE = /^(第[一二三四五六七八九十百]{1,5}条)/;
const PART = /^[（(]([一二三四五六七八九十]{1,3})[）)]/;
const ITEM = /^(\d{1,2})\.\s*/;
const BULLET = /^- /;

/** Cuts a notice at its clauses, each named as programme.yaml names it; what has no name there belongs to the last. */
export function cutNotice(notice: string, clauses: readonly string[]): Passage[] {
  const known = new Set(clauses);
  const passages: Passage[] = [];
  let section = '';
  let part = '';
  let bullets = 0;
  let clause = '';
  for (const raw of notice.split('\n')) {
    const line = raw.replace(/^#+ /, '').trim();
    if (line === '') continue;
    const heading = raw.startsWith('#');
    const top = SECTION.exec(line)?.[1] ?? ARTICLE.exec(line)?.[1];
    if (top !== undefined) {
      section = top;
      part = '';
      bullets = 0;
      clause = top;
      if (heading) continue;
    } else if (heading) continue;
    else if (PART.test(line)) {
      part = PART.exec(line)?.[1] ?? '';
      clause = `${section}(${part})`;
    } else if (BULLET.test(line)) {
      clause = `${section}(${CHINESE.charAt(bullets)})`;
      bullets += 1;
    } else if (ITEM.test(line)) clause = `${section}${part === '' ? '' : `(${part})`}${ITEM.exec(line)?.[1] ?? ''}`;
    if (known.has(clause)) passages.push({ clause, text: line.replace(BULLET, '') });
  }
  return passages;
}

let segmenter: Intl.Segmenter | undefined;

/** Words of Chinese text, and pairs of characters: a word that is cut differently in question and text is still found. */
function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const words = [...segmenter.segment(text)].filter((one) => one.isWordLike).map((one) => one.segment.toLowerCase());
  const pairs: string[] = [];
  for (const word of words)
    for (let at = 2; word.length > 2 && at <= word.length; at += 1) pairs.push(word.slice(at - 2, at));
  return [...words, ...pairs];
}

/** Indexes the passages of a programme's notice. */
export function indexPassages(guide: Guide, notice: string): PassageIndex {
  const passages = cutNotice(notice, guide.files.programme.clauses);
  const search = new MiniSearch<{ id: number; text: string }>({ fields: ['text'], tokenize: wordsOf });
  search.addAll(passages.map(({ text }, id) => ({ id, text })));
  return {
    find(query) {
      const [best] = search.search(query, { tokenize: (text) => wordsOf(text).filter((word) => word.length > 1) });
      const passage = best && passages[Number(best.id)];
      return passage && { passage, score: best.score };
    },
  };
}
