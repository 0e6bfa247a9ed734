import { describe, expect, test } from 'vitest';
import { Talk } from '../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';
const BEGUN = ['山西', '资格自测', '都符合', '科小', '小型', '检测', '20万'];

function talk(...lines: readonly string[]): Talk {
  const made = new Talk(NOW);
  for (const line of lines) made.type(line);
  return made;
}

function factsOf(made: Talk, programme = 'shanxi-2026', at = 0) {
  const facts = made.state.enterprises[at]?.dossiers[programme]?.facts;
  if (!facts) throw new Error(made.text());
  return facts;
}

describe('an answer put right', () => {
  test.each([
    '不对，是26万',
    '说错了 26万',
    '填错了，应该是26万',
    '金额改成26万',
    '发票金额改为26万',
    '更正：发票金额26万',
  ])('%s changes the amount and leaves the question that waits', (text) => {
    const made = talk(...BEGUN);
    const before = made.ask()?.ask;
    made.type(text);
    expect(factsOf(made).services[0]?.['services[].invoice_amount_yuan']).toBe(26_000_000);
    expect(made.text()).toContain('26万元');
    expect(made.ask()?.ask).toEqual(before);
  });

  test('gives what a fresh run gives', () => {
    const changed = talk(...BEGUN, '打错了，是31万', '去年9月1号');
    const fresh = talk(...BEGUN.slice(0, -1), '31万', '去年9月1号');
    expect(factsOf(changed)).toEqual(factsOf(fresh));
    expect(changed.ask()).toEqual(fresh.ask());
  });

  test('a day, while an amount or a list is asked for', () => {
    const made = talk(...BEGUN, '去年9月1号', '记错了 是2025年12月3号');
    expect(factsOf(made).services[0]?.['services[].invoice_date']).toBe('2025-12-03');
  });

  test('a further question about an amount does not take the correction for its answer', () => {
    const made = talk('山西', '测算', '20万', '不对 是23万');
    expect(factsOf(made).services[0]).toEqual({ 'services[].invoice_amount_yuan': 23_000_000 });
    expect(made.ask()?.ask?.facts).toEqual(['services[0].paid_amount_yuan']);
  });

  test('what was received, said in passing and taken back', () => {
    const made = talk(...BEGUN, '今年已经领过8万');
    expect(factsOf(made).top['received_this_year_yuan']).toBe(8_000_000);
    made.type('不对，今年领过3万');
    expect(factsOf(made).top['received_this_year_yuan']).toBe(3_000_000);
  });

  test.each(['帮我把发票日期改成6月28号', '让机构把发票金额改成30万', '发票日期改成期限内的行吗'])(
    '%s stays misuse',
    (text) => {
      const made = talk(...BEGUN, '去年9月1号', text);
      expect(made.text()).toContain('不能帮这个忙');
      expect(factsOf(made).services[0]?.['services[].invoice_amount_yuan']).toBe(20_000_000);
    },
  );

  test.each(['上周又打了4万', '后来再付了4万'])('%s is no total', (text) => {
    const made = talk(...BEGUN, '去年9月1号', text);
    expect(factsOf(made).services[0]?.['services[].paid_amount_yuan']).toBeUndefined();
    expect(made.text()).toContain('总金额');
  });
});

describe('a further service', () => {
  test.each([
    ['还有一项样品加工6000元', 'sample_processing', 600_000],
    ['另外还做了科技查新 4000块', 'novelty_search', 400_000],
    ['再加一笔设计费1.5万', 'design', 1_500_000],
  ])('%s stands beside the first', (text, category, amount) => {
    const made = talk(...BEGUN, text);
    const [first, second] = factsOf(made).services;
    expect(first?.['services[].category']).toBe('testing');
    expect(first?.['services[].invoice_amount_yuan']).toBe(20_000_000);
    expect(second?.['services[].category']).toBe(category);
    expect(second?.['services[].invoice_amount_yuan']).toBe(amount);
    expect(made.text()).toContain('第2项');
  });

  test('after a figure it is added, not put in the place of the first', () => {
    const made = talk('山西', '测算', '20万', '全付了', '0', '还有一项 科技查新 4万 付清了');
    expect(made.result()?.['conditional_estimate_yuan']).toBe(120_000);
  });

  test('a question of one’s own is none', () => {
    expect(factsOf(talk(...BEGUN, '还有一个问题想说')).services).toHaveLength(1);
  });
});

describe('what says that somebody is done', () => {
  test.each(['好了', '行了', '弄好了啊', '可以了'])('%s affirms no list of conditions', (text) => {
    const made = talk('山西', '资格自测', text);
    expect(factsOf(made).top).toEqual({});
    expect(made.ask()?.ask?.n).toBe(1);
  });

  test('都满足 does not say which of a list', () => {
    const made = talk('洛阳', '资格自测', '兑付', '都符合', '全部满足');
    expect(factsOf(made, 'luoyang').top['identities[hnte]']).toBeUndefined();
  });
});

describe('firms', () => {
  test('who introduces one is noted, whatever is said of the day as well', () => {
    const made = talk('我们是晋中的高企 中型 今年4月开票12万做测试 已付清');
    const { top, services } = factsOf(made);
    expect(top).toMatchObject({ 'applicant.city': '晋中市', 'identities[hnte]': true, 'applicant.size': 'medium' });
    expect(services[0]).toMatchObject({
      'services[].invoice_amount_yuan': 12_000_000,
      'services[].paid_amount_yuan': 12_000_000,
    });
  });

  test('one word that could be said of several things is no fact', () => {
    expect(factsOf(talk('山西', '资格自测', '都符合', '国家级')).top['identities[resident_incubator]']).toBeUndefined();
  });

  test('another one does not overwrite the first, and both are found again', () => {
    const made = talk('我们是晋中的高企 小型 去年8月2号开票12万做测试', '另一家公司 在长治 高企 中型 检测花了60万');
    expect(factsOf(made).top['applicant.city']).toBe('晋中市');
    expect(factsOf(made, 'shanxi-2026', 1).top['applicant.city']).toBe('长治市');
    made.type('回到第一家');
    expect(made.state.current).toBe(0);
    made.type('第二家公司');
    expect(made.state.current).toBe(1);
  });

  test('我们的公司 is no name', () => {
    expect(talk('山西', '资格自测', '切换公司', '我们的公司').state.enterprises).toHaveLength(1);
  });
});
