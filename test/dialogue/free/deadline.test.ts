import { describe, expect, test } from 'vitest';
import { timeOf } from '../../../src/dialogue/free/hours.ts';
import { Talk } from '../../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function said(text: string): string {
  const talk = new Talk(NOW);
  talk.type('/programme shanxi-2026');
  talk.type(text);
  return talk.text();
}

describe('the hour of the last day', () => {
  test.each([
    '7月15日夜里递材料行吗',
    '七月十五号傍晚送过去',
    '15号下班以后交可以吗',
    '7月15号17点20送得到',
    '晚上十点',
  ])('%s is too late', (text) => {
    expect(said(text)).toMatch(/^来不及，17:00就截止，逾期不予受理/);
  });

  test.each(['7月15日一早送可以吗', '7月15号中午递交行吗', '7月14日夜里寄出行吗'])('%s is in time', (text) => {
    expect(said(text)).toMatch(/^来得及/);
  });

  test.each([
    ['夜里送', '18:00'],
    ['下午三点', '15:00'],
    ['晚八点半', '20:30'],
    ['上午', undefined],
    ['上下班都行', undefined],
  ])('%s is %s', (text, time) => {
    expect(timeOf(text)).toBe(time);
  });
});

describe('up to a day', () => {
  test.each([
    ['7月12号前报上去行吗', '来得及'],
    ['7月18日之前递交可以不', '来不及'],
    ['七月三十日以前寄到', '来不及'],
    ['8月前送行不行', '来不及'],
    ['17号下午补一份可以吗', '来不及'],
  ])('%s', (text, wanted) => {
    const reply = said(text);
    expect(reply.startsWith(wanted)).toBe(true);
    expect(reply).not.toContain('发票日期');
  });

  test('a day that has passed is no invoice date because something was handed in on it', () => {
    expect(said('6月2号前交的')).not.toContain('支持期间');
    expect(said('6月2号交的')).not.toContain('支持期间');
  });

  test('the last day of the cities is said to be theirs', () => {
    expect(said('7月30日之前递交')).toContain('不是企业的期限');
  });

  test('a day that invoices are issued before is no day of handing in', () => {
    expect(said('6月28号前开的发票能报吗')).toContain('2026年6月27日及以前');
    expect(said('2025年7月1号前开的发票能报吗')).toMatch(/^不在支持期间内/);
  });
});
