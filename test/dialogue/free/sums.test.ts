import { describe, expect, test } from 'vitest';
import { Talk } from '../../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function said(programme: string, ...texts: readonly string[]): string {
  const talk = new Talk(NOW);
  talk.type(`/programme ${programme}`);
  for (const text of texts) talk.type(text);
  return talk.text();
}

describe('amounts that touch each other or another number', () => {
  test.each([
    ['shanxi-2026', '检测先后付了4万6万2万能补多少', '12万元×50%=6万元'],
    ['shanxi-2026', '花了七万三万十万', '20万元×50%=10万元'],
    ['shanxi-2026', '4w6w 能报多少', '10万元×50%=5万元'],
    ['shanxi-2026', '3千6千能补多少', '9,000元×50%=4,500元'],
    ['shanxi-2026', '付了4万跟1万5能补多少', '5.5万元×50%=2.75万元'],
    ['shanxi-2026', '查新1万2和检测3万4能报多少', '4.6万元×50%=2.3万元'],
    ['shanxi-2026', '两次检测6万2次查新4万 一起能报多少', '10万元×50%=5万元'],
    ['luoyang', '双创团队 花了3万6万两项能兑多少', '9万元×50%=4.5万元'],
    ['luoyang', '科小 检测7万一共能兑多少', '7万元×30%=2.1万元'],
  ])('%s: %s', (programme, text, wanted) => {
    expect(said(programme, text)).toContain(wanted);
  });
});

describe('a subsidy that somebody reckons with is not spent', () => {
  test.each([
    ['shanxi-2026', '花了60万 可以拿30万吧', '对，最多能补30万元'],
    ['shanxi-2026', '做检测用了24万 能报销12万是不是', '对，最多能补12万元'],
    ['shanxi-2026', '付了14万领8万对不对', '不是8万元，最多能补7万元'],
    ['shanxi-2026', '晋创谷外 花了160万 能兑80万吗', '不是80万元，最多能补50万元'],
    ['luoyang', '高企花了30万 能不能补15万', '不是15万元，最多能补9万元'],
    ['shanxi-2026', '想让补贴6万得花多少钱', '实际支付12万元'],
    ['shanxi-2026', '能领回7万对不对', '实际支付14万元'],
    ['shanxi-2026', '今年已经补贴8万 又花了10万 还能补多少', '10万元×50%=5万元'],
    ['shanxi-2026', '公司测试花了44万，听人说能报22万', '对，最多能补22万元'],
  ])('%s: %s', (programme, text, wanted) => {
    expect(said(programme, text)).toContain(wanted);
  });

  test('it is held against what was named before', () => {
    expect(said('shanxi-2026', '花了14万能补多少', '那就是能拿七万对吧')).toContain('对，最多能补7万元');
    expect(said('luoyang', '高企 花了20万能兑多少', '能补8万是不是')).toContain('不是8万元，最多能补6万元');
  });
});

describe('what does not count is taken off once', () => {
  test.each([
    ['30万里有6万是培训费', '24万元×50%=12万元'],
    ['合共付了16万当中4万没开发票', '12万元×50%=6万元'],
    ['总共花了16万 4万没发票', '12万元×50%=6万元'],
    ['有票的9万 没开票的3万', '9万元×50%=4.5万元'],
    ['检测12万商标3万一共补多少', '12万元×50%=6万元'],
  ])('%s', (text, wanted) => {
    const text1 = said('shanxi-2026', text);
    expect(text1).toContain(wanted);
    expect(text1).toContain('没有计入');
  });
});

describe('payments that come back', () => {
  test.each([
    ['每月付8千 付了一年', '9.6万元×50%'],
    ['每个季度交3万 交了半年 能补多少', '6万元×50%'],
    ['2万/月 做了7个月 能报多少', '14万元×50%'],
    ['花了6万 公司成立半年 能补多少', '6万元×50%'],
  ])('%s', (text, wanted) => {
    expect(said('shanxi-2026', text)).toContain(wanted);
  });
});

test('an industry, heads and an amount that nobody calls spent tell the size', () => {
  expect(said('shanxi-2026', '搞餐饮的 30个人 400万')).toMatch(/^小型企业/);
  expect(said('shanxi-2026', '餐饮公司 30个人 检测40万')).toContain('40万元×50%');
});

test('a year and a month joined by a dot are told one by one', () => {
  const text = said('shanxi-2026', '有两份票 一份25.5 一份26.2');
  expect(text).toContain('2025年5月的不在支持期间内');
  expect(text).toContain('2026年2月的在支持期间内');
  expect(said('shanxi-2026', '两张票 一张23.6万 一张10万 能补多少')).toContain('33.6万元×50%');
});

test('a part without an invoice is left out whatever stands before it', () => {
  expect(said('luoyang', '科小 总共付了9万 里面1万还没拿到发票')).toContain('8万元×30%');
  expect(said('shanxi-2026', '一年检测费8万能报多少')).toContain('8万元×50%');
});
