import { describe, expect, test } from 'vitest';
import { namedDates, outcomeOf } from '../../../src/dialogue/free/dates.ts';
import { cutNotice } from '../../../src/dialogue/free/passages.ts';
import { redact } from '../../../src/dialogue/free/redact.ts';
import { workingDay } from '../../../src/dialogue/free/weekday.ts';
import { content, Talk } from '../../support/kit.ts';

const PERIOD = { from: '2025-07-01', to: '2026-06-30' };
const TODAY = '2026-06-23';

describe('dates against a period', () => {
  test.each([
    ['去年12月开的', 'inside'],
    ['2025年6月30日', 'outside'],
    ['2025年7月1日', 'inside'],
    ['2026年6月30日', 'inside'],
    ['2026年7月1日', 'outside'],
    ['2025年的', 'partly'],
    ['2025年7月1日之前', 'outside'],
  ])('%s is %s', (text, outcome) => {
    const [date] = namedDates(text, TODAY);
    expect(date && outcomeOf(date, PERIOD)).toBe(outcome);
  });

  test('a day without a year that lies ahead may be the coming one', () => {
    expect(namedDates('6月30号开的', TODAY)[0]?.also).toEqual({ from: '2026-06-30', to: '2026-06-30' });
    expect(namedDates('12月1号开的', TODAY)[0]?.also).toBeUndefined();
  });
});

test.each([
  ['2026-07-15', true, undefined],
  ['2026-10-01', false, '国庆节'],
  ['2026-07-18', false, undefined],
  ['2026-10-10', true, undefined],
  ['2027-07-15', undefined, undefined],
])('%s is worked: %s', (date, working, holiday) => {
  expect(workingDay(content.calendar, date)).toEqual({ working, holiday });
});

test.each([
  ['我叫王小明,手机13812345678', '我叫某某,手机[号码]'],
  ['免贵姓李 邮箱a.b-c@x-y.com.cn 能补吗', '免贵姓某 邮箱[邮箱] 能补吗'],
  ['花了1800元', '花了1800元'],
  ['账号6222 0212 3456', '账号[号码]'],
])('%s is kept as %s', (text, kept) => {
  expect(redact(text)).toBe(kept);
});

describe('the notice in passages', () => {
  test.each(content.programmes)('$programme.id: each has a clause that is listed, and its text', ({ programme }) => {
    const passages = cutNotice(content.notices[programme.id] ?? '', programme.clauses);
    expect(passages.length).toBeGreaterThan(30);
    expect(passages.filter(({ clause }) => !programme.clauses.includes(clause))).toEqual([]);
  });

  test('a passage is cited by its own clause', () => {
    const sx = content.programmes.find(({ programme }) => programme.document_no !== undefined);
    const passages = cutNotice(content.notices[sx?.programme.id ?? ''] ?? '', sx?.programme.clauses ?? []);
    expect(passages.find(({ text }) => text.includes('公示期5个工作日'))?.clause).toBe('四(七)');
    expect(passages.find(({ text }) => text.includes('有自主研发经费投入'))?.clause).toBe('一(一)');
  });
});

describe('figures', () => {
  const say = (text: string, programme = 'shanxi-2026'): string => {
    const talk = new Talk('2026-06-23T10:00:00+08:00');
    talk.type(`/programme ${programme}`);
    talk.type(text);
    return talk.text();
  };

  test.each([
    ['花了18万能补多少', '能补9万元'],
    ['晋创谷内花了300万能补多少', '能补100万元'],
    ['晋创谷外花了300万能补多少', '能补50万元'],
    ['不在晋创谷 已经批了30万 又花了60万 还能补多少', '能补20万元'],
    ['开了20万发票但只付了12万能补多少', '能补6万元'],
    ['补满50万要花多少', '100万元'],
  ])('%s: %s', (text, figure) => {
    expect(say(text)).toContain(figure);
  });

  test('both rates are told where the message does not say who asks', () => {
    expect(say('花了10万能补多少', 'luoyang')).toMatch(/能补3万元[\s\S]*能补5万元/);
  });

  test('foreign money is not computed', () => {
    expect(say('国外测试付了2万美金能补多少')).not.toMatch(/能补\d/);
  });
});
