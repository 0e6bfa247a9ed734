import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/policy/dates.ts';
import { findDates, findMoney, readCount, readDate, readMoney, readNumber } from '../../src/understanding/index.ts';

const DIGITS = '零一二三四五六七八九';
const FORMAL = '零壹贰叁肆伍陆柒捌玖';
const TODAY = '2026-06-23';

/** Below 10,000, the textbook way: 一千零五十, 一百一十. */
function section(n: number, digits: string, units: readonly string[]): string {
  let out = '';
  let zero = false;
  for (const [place, unit] of units.entries()) {
    const digit = Math.floor(n / 10 ** (3 - place)) % 10;
    if (digit === 0) {
      zero ||= out !== '';
      continue;
    }
    out += `${zero ? digits.charAt(0) : ''}${digits.charAt(digit)}${unit}`;
    zero = false;
  }
  return out;
}

function chinese(n: number, digits = DIGITS, units: readonly string[] = ['千', '百', '十', '']): string {
  if (n === 0) return digits.charAt(0);
  const parts: [number, string][] = [
    [Math.floor(n / 100_000_000), '亿'],
    [Math.floor(n / 10_000) % 10_000, '万'],
    [n % 10_000, ''],
  ];
  let out = '';
  for (const [part, unit] of parts) {
    if (part === 0) continue;
    out += `${out !== '' && part < 1000 ? digits.charAt(0) : ''}${section(part, digits, units)}${unit}`;
  }
  return out;
}

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Fen as decimal yuan, by text alone. */
function decimal(fen: number, places: number): string {
  const text = String(fen).padStart(places + 1, '0');
  const fraction = text.slice(-places).replace(/0+$/, '');
  return `${text.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
}

const wholes = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 999_999_999_999 }));
const fens = fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 999_999_999_999 }));

describe('numbers are read back as they were written', () => {
  it('in every script', () => {
    fc.assert(
      fc.property(wholes, (n) => {
        const formal = chinese(n, FORMAL, ['仟', '佰', '拾', '']);
        for (const text of [String(n), grouped(n), fullWidth(String(n)), chinese(n), formal, ` ${chinese(n)} `]) {
          expect(readNumber(text), text).toMatchObject({ kind: 'read', value: n });
        }
      }),
    );
  });

  it('when the last unit is left out (一千二, 十八万五, 3千5)', () => {
    const units: [string, number][] = [
      ['百', 100],
      ['千', 1000],
      ['万', 10_000],
      ['亿', 100_000_000],
    ];
    const digit = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(digit, digit, fc.constantFrom(...units), (a, b, [unit, size]) => {
        const value = a * size + (b * size) / 10;
        for (const text of [`${DIGITS.charAt(a)}${unit}${DIGITS.charAt(b)}`, `${a}${unit}${b}`]) {
          expect(readNumber(text), text).toMatchObject({ kind: 'read', value });
        }
      }),
    );
  });

  it('as counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.constantFrom('', '人', '个', '名员工', ' 人'),
        (n, unit) => {
          for (const text of [`${n}${unit}`, `${chinese(n)}${unit}`, `我们有${n}${unit}`]) {
            expect(readCount(text), text).toMatchObject({ kind: 'read', value: n });
          }
        },
      ),
    );
  });
});

describe('amounts are read back to the fen', () => {
  it('in every style', () => {
    fc.assert(
      fc.property(fens, (fen) => {
        const yuan = decimal(fen, 2);
        const wan = decimal(fen, 6);
        const texts = [`${yuan}元`, `¥${yuan}`, `${yuan}块`, `人民币${yuan}元整`, `${wan}万`, `${wan}万元`, `${wan}w`];
        for (const text of [...texts, ...texts.map(fullWidth)]) {
          expect(readMoney(text), text).toMatchObject({ kind: 'read', value: fen });
        }
      }),
    );
  });

  it('with 角 and 分', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (n, jiao, fen) => {
          const value = n * 100 + jiao * 10 + fen;
          for (const text of [
            `${n}元${jiao}角${fen}分`,
            `${chinese(n)}块${DIGITS.charAt(jiao)}毛${DIGITS.charAt(fen)}分`,
          ]) {
            expect(readMoney(text), text).toMatchObject({ kind: 'read', value });
          }
        },
      ),
    );
  });

  it('inside a sentence, with the right span', () => {
    fc.assert(
      fc.property(fens, fc.constantFrom('服务费', '去年8月我们60人', '电话13812345678,'), (fen, before) => {
        const amount = `${decimal(fen, 2)}元`;
        const found = findMoney(`${before}花了${amount},占30%`);
        expect(found).toHaveLength(1);
        const at = before.length + 2;
        expect(found[0]).toMatchObject({ reading: { kind: 'read', value: fen }, span: [at, at + amount.length] });
      }),
    );
  });

  it('more than two decimals are refused, never rounded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 9 }),
        (n, part, last) => {
          expect(readMoney(`${n}.${String(part).padStart(3, '0')}${last}元`)).toMatchObject({ kind: 'rejected' });
        },
      ),
    );
  });
});

describe('dates are read back as they were written', () => {
  const dates = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('2000-01-01', n));

  it('in every style', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const [y = 0, m = 0, d = 0] = date.split('-').map(Number);
        const cjk = `${Array.from(String(y), (c) => (c === '0' ? '〇' : DIGITS.charAt(Number(c)))).join('')}年`;
        const short = (n: number): string => chinese(n).replace(/^一十/, '十');
        const texts = [date, date.replaceAll('-', ''), `${y}.${m}.${d}`, `${y}/${m}/${d}`, `${y}年${m}月${d}日`];
        const more = [`${y}年${m}月${d}号`, `${y} 年 ${m} 月 ${d} 日`, `${cjk}${short(m)}月${short(d)}日`];
        for (const text of [...texts, ...texts.map(fullWidth), ...more]) {
          expect(readDate(text, TODAY), text).toMatchObject({ kind: 'read', value: date });
        }
      }),
    );
  });

  it('told from any today', () => {
    const near = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(dates, near, (today, n) => {
        expect(readDate(`${n}天前`, today)).toMatchObject({ kind: 'read', value: addDays(today, -n) });
        expect(readDate(`${chinese(n)}天后`, today)).toMatchObject({ kind: 'read', value: addDays(today, n) });
        expect(readDate('昨天', today)).toMatchObject({ kind: 'read', value: addDays(today, -1) });
      }),
    );
  });

  it('without a year, nearest on the wanted side', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 364 }), (today, n) => {
        const [past, future] = [addDays(today, -n), addDays(today, n)];
        fc.pre(!past.endsWith('02-29') && !future.endsWith('02-29'));
        const say = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
        expect(readDate(say(past), today, { prefer: 'past' })).toMatchObject({ kind: 'read', value: past });
        expect(readDate(say(future), today, { prefer: 'future' })).toMatchObject({ kind: 'read', value: future });
      }),
    );
  });

  it('inside a sentence, with the right span', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const found = findDates(`合同编号A12-7,${date}开票,18.5万`, TODAY);
        expect(found).toMatchObject([{ reading: { kind: 'read', value: date }, span: [10, 20] }]);
      }),
    );
  });
});
