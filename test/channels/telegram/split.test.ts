import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sendable, splitText, TEXT_LIMIT } from '../../../src/channels/telegram/split.ts';

const PIECES = ['字', '。', '\n', ' ', 'a', '👨‍👩‍👧‍👦', '🇨🇳', '👍🏽', '𠮷', 'é', '0351-2020989', '\ud83d'];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 400 }).map((parts) => parts.join(''));
const bare = (value: string): string => value.replace(/\s/g, '');
const graphemes = (value: string): string[] =>
  [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(value)].map(({ segment }) => segment);

describe('long texts', () => {
  test('lose nothing but blanks at the breaks; no part is longer than the limit, blank, or malformed', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 200 }), (value, limit) => {
        const parts = splitText(value, limit);
        expect(bare(parts.join(''))).toBe(bare(sendable(value)));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe('');
          expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  test('are never broken inside a character as people see it', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 200 }), (value, limit) => {
        const whole = graphemes(bare(sendable(value)));
        expect(splitText(value, limit).flatMap((part) => graphemes(bare(part)))).toEqual(whole);
      }),
    );
  });

  test('are broken at a line end, else at the end of a sentence, else anywhere', () => {
    expect(splitText(`${'一'.repeat(7)}\n${'二'.repeat(7)}`, 10)).toEqual(['一'.repeat(7), '二'.repeat(7)]);
    expect(splitText(`${'一'.repeat(6)}。${'二'.repeat(7)}`, 10)).toEqual([`${'一'.repeat(6)}。`, '二'.repeat(7)]);
    expect(splitText('一'.repeat(15), 10)).toEqual(['一'.repeat(10), '一'.repeat(5)]);
  });

  test('of exactly the limit stay whole; one unit more makes two parts', () => {
    expect(splitText('字'.repeat(TEXT_LIMIT)).map(({ length }) => length)).toEqual([TEXT_LIMIT]);
    expect(splitText('字'.repeat(TEXT_LIMIT + 1)).map(({ length }) => length)).toEqual([TEXT_LIMIT, 1]);
  });

  test('of one endless character are still cut', () => {
    const parts = splitText(`a${'\u0301'.repeat(100)}`, 40);
    expect(parts.every(({ length }) => length <= 40)).toBe(true);
  });

  test('with nothing to see have no part', () => {
    expect(splitText(' \n\t\u0000 ')).toEqual([]);
  });
});
