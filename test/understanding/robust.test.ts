import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findDates,
  findMoney,
  fold,
  normalise,
  readChoice,
  readChoices,
  readCount,
  readDate,
  readMoney,
  readNumber,
  readServiceLines,
  readYesNo,
} from '../../src/understanding/index.ts';
import { CHOICES, TODAY } from './readings.table.ts';

function readAll(text: string): unknown[] {
  return [
    readNumber(text),
    readMoney(text, { unitDoubtBelow: 1000, zeroWords: true }),
    readCount(text, { zeroWords: true }),
    readDate(text, TODAY),
    readDate(text, TODAY, { prefer: 'past' }),
    readChoice(text, CHOICES),
    readChoices(text, CHOICES),
    readYesNo(text),
    findMoney(text),
    findDates(text, TODAY),
    readServiceLines(text, TODAY),
    normalise(text),
    fold(text),
  ];
}

const ALPHABET = Array.from(
  '0123456789.,-/:年月日号元块万亿千百十零一二三五两半几多来点角分前后上下周的了是不没有吗除都、；\n\t ¥$wk第个人',
);

describe('any input', () => {
  it('is read without an exception, the same way every time', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 60 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(readAll(text)).toEqual(readAll(text));
      }),
      { numRuns: 400 },
    );
  });

  it('gives spans that lie inside the normalised text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 80 }), (text) => {
        const { length } = normalise(text);
        for (const { span } of [...findMoney(text), ...findDates(text, TODAY)]) {
          expect(span[0]).toBeGreaterThanOrEqual(0);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(span[1]).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    '{"a":1}',
    "'; DROP TABLE chats; --",
    '<script>',
    '%s%n',
    '\\',
    '\u0000',
    '\uD800',
    '🧑‍🔬',
    '\u202E18万',
    '',
  ])('hostile text %j is no accident', (text) => {
    expect(readAll(text)).toHaveLength(13);
    expect(readChoice(text, CHOICES).kind).toBe('none');
  });

  it('of ten thousand repeated characters is read to the end', () => {
    const units = [
      '1',
      '1,',
      '1,234',
      '1 ',
      '1.',
      '.',
      '一',
      '零',
      '十',
      '万',
      '三五',
      '万一',
      '点',
      '多',
      '-',
      '不',
      '是的 ',
      '没有,',
      '除了',
      '2025.',
      '2025-1',
      '20',
      '年',
      '月1',
      '3天',
      '前',
      '上',
      '块',
      '1元',
      '第',
      ' ',
      '\n',
      '；',
      '1万\n',
      '、',
      '和',
      '的',
      '①',
      '１',
      '\u200B',
      '🙂',
      '(',
      '"',
      '[',
      '人',
      '约',
      '就是',
      '其他',
      'a',
      '¥',
      '$',
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000);
      expect(readAll(text)).toHaveLength(13);
      expect(readAll(`${text}x`)).toHaveLength(13);
    }
  });
});

describe('the host plays no part', () => {
  const folder = new URL('../../src/understanding/', import.meta.url);

  it.each(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')))(
    '%s knows no local time, clock or chance',
    (file) => {
      const source = readFileSync(new URL(file, folder), 'utf8');
      expect(source).not.toMatch(
        /new Date|Date\.(?:now|parse|UTC)|\.get(?:UTC)?(?:FullYear|Month|Date|Day|Hours)\(|Math\.random|toLocale|Intl\./,
      );
      expect(source).not.toMatch(/parseFloat|toFixed/);
    },
  );
});
