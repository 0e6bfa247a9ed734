import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LENGTH, fold, isQuestion, normalise } from '../../src/understanding/index.ts';
import { SIMPLIFIED } from '../../src/understanding/traditional.ts';

describe('normalise', () => {
  it.each([
    ['１８．５万', '18.5万'],
    ['  a \t b\n\nc ', 'a b c'],
    ['没\u200B有', '没有'],
    ['科技創新券怎麼申請', '科技创新券怎么申请'],
    ['①③', '1、3、'],
    ['⑴甲', '1、甲'],
    ['1️⃣3️⃣', '1、3、'],
    ['（20—30万）', '(20-30万)'],
    ['“是”', '"是"'],
    ['￥5', '¥5'],
    ['晋科函〔2026〕20号', '晋科函[2026]20号'],
  ])('%j becomes %j', (text, expected) => expect(normalise(text)).toBe(expected));

  it('changes nothing the second time and stays within its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
    expect(normalise('\uFDFA'.repeat(MAX_LENGTH)).length).toBeLessThanOrEqual(MAX_LENGTH);
    expect(normalise('好'.repeat(10_000))).toHaveLength(MAX_LENGTH);
  });

  it('knows at least three hundred traditional characters, and none maps onto another', () => {
    expect(SIMPLIFIED.size).toBeGreaterThanOrEqual(300);
    for (const simple of SIMPLIFIED.values()) expect(SIMPLIFIED.has(simple)).toBe(false);
  });
});

describe('fold', () => {
  it.each([
    ['是的！👍', '是的'],
    ['ＯＫ 。', 'ok'],
    ['1.5 倍', '1.5倍'],
    ['3.', '3'],
    ['高新 技术-企业', '高新技术企业'],
  ])('%j becomes %j', (text, expected) => expect(fold(text)).toBe(expected));
});

describe('isQuestion', () => {
  it.each(['有没有电话', '没有发票怎么办', '能补多少', '行吗', '18万?'])('%s asks', (text) => {
    expect(isQuestion(normalise(text))).toBe(true);
  });

  it.each(['没有', '18.5万', '我们是高新技术企业', '昨天'])('%s does not', (text) => {
    expect(isQuestion(normalise(text))).toBe(false);
  });
});
