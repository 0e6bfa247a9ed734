import { describe, expect, test } from 'vitest';
import {
  asksSomething,
  buildLexicon,
  correct,
  findAsked,
  indexAsks,
  nearest,
  questionParts,
  readMessage,
} from '../../../src/understanding/question/index.ts';

const lexicon = buildLexicon({
  typos: { 法票: '发票', 劵: '券' },
  concepts: [
    ['发票', '票据'],
    ['丢了', '遗失'],
  ],
  weightless: ['请问', '的'],
  another: ['另外'],
});
const entry = (asks: string[], must: string[][] = [], never: string[] = []) => ({ asks, must, never, says: '' });
const find = (entries: ReturnType<typeof entry>[], text: string) =>
  findAsked(indexAsks(entries, lexicon), readMessage(lexicon, text));

describe('correcting', () => {
  test('mends slips, in full width and traditional characters as well', () => {
    expect(correct(lexicon, '創新劵 法票　ＰＤＦ')).toBe('创新券 发票 pdf');
  });
});

describe('matching', () => {
  const lost = entry(['发票丢了怎么办']);
  const stamp = entry(['要盖章吗']);

  test('finds the entry by other words for the same', () => {
    expect(find([stamp, lost], '票据遗失')[0]?.of).toBe(lost);
  });

  test('an entry that lacks a wanted word comes behind one that has all', () => {
    const strict = entry(['发票丢了怎么办'], [['电子']]);
    const hits = find([strict, lost], '发票丢了');
    expect(hits[0]?.of).toBe(lost);
    expect(hits.find((hit) => hit.of === strict)?.fits).toBe(false);
  });

  test('an unwanted word does the same', () => {
    const hits = find([entry(['发票丢了怎么办'], [], ['合同']), lost], '合同和发票丢了');
    expect(hits[0]?.of).toBe(lost);
  });

  test('nothing in common finds nothing', () => {
    expect(find([lost], 'xyz')).toEqual([]);
  });
});

describe('parts', () => {
  test('a message is cut at the ends of its questions', () => {
    expect(questionParts(lexicon, '公示几天?另外要盖章吗')).toEqual(['公示几天', '另外要盖章吗']);
  });

  test('short pieces are no questions', () => {
    expect(questionParts(lexicon, '能补多少呀?吕梁')).toEqual(['能补多少呀']);
  });
});

describe('cues', () => {
  test('the nearest list wins', () => {
    expect(nearest('已批30万又花了60万', [9, 12], { got: ['已批'], spent: ['花了'] })).toBe('spent');
    expect(nearest('已批30万又花了60万', [2, 5], { got: ['已批'], spent: ['花了'] })).toBe('got');
    expect(nearest('共60万', [1, 4], { got: ['已批'] })).toBeUndefined();
  });
});

test.each([
  ['够格不', true],
  ['这个给报不 我们在长治', true],
  ['中不中', true],
  ['要等几天', true],
  ['我们是高企', false],
  ['花了18万', false],
])('%s asks: %s', (text, asks) => {
  expect(asksSomething(text)).toBe(asks);
});
