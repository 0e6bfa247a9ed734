import { describe, expect, test } from 'vitest';
import { Talk } from '../../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function said(programme: string, text: string, now = NOW): string {
  const talk = new Talk(now);
  talk.type(`/programme ${programme}`);
  talk.type(text);
  return talk.text();
}

describe('what an amount is', () => {
  test.each([
    ['shanxi-2026', '今年已拿45万了 又做了20万的检测 晋创谷外 还能补多少', '能补5万元'],
    ['shanxi-2026', '付款15万 退回来3万 能报多少', '能补6万元'],
    ['shanxi-2026', '合同20万 发票20万 实际只打了12万 补几个', '能补6万元'],
    ['shanxi-2026', '合同30万 还有5万没付 能补多少', '能补12.5万元'],
    ['shanxi-2026', '3份报告 每份2000 能补多少', '能补3,000元'],
    ['shanxi-2026', '检测和查新各5万 能补多少', '能补5万元'],
    ['shanxi-2026', '去年领了30万 今年花了60万 晋创谷外 能补多少', '能补30万元'],
    ['shanxi-2026', '￥47,600.00', '能补2.38万元'],
    ['shanxi-2026', '壹万贰仟元整', '能补6,000元'],
    ['shanxi-2026', '谷外企业想拿满50万 得先花出去多少', '实际支付100万元'],
    ['shanxi-2026', '谷外 已经拿了30万 离封顶还差多少', '还能拿20万元'],
    ['luoyang', '专家只认了8万 我们实际花11万 高企', '能补2.4万元'],
    ['luoyang', '高企 领了8万的券 花了40万 兑多少', '能补8万元'],
    ['luoyang', '科小 花了20万 评审核减了5万 能兑多少', '能补4.5万元'],
  ])('%s: %s', (programme, text, wanted) => {
    expect(said(programme, text)).toContain(wanted);
  });

  test('what is not paid at all gets no figure', () => {
    expect(said('shanxi-2026', '商标注册花了2万能补多少')).not.toContain('能补1万元');
  });
});

describe('which date counts', () => {
  test.each([
    ['票是26年1月的 报告7月10号才出来', '可以，在支持期间内'],
    ['合同25年10月签的 票拖到26年7月3号', '不在支持期间内'],
    ['票是25年国庆后开的', '可以，在支持期间内'],
    ['7.16才能盖上章', '来不及'],
  ])('%s', (text, wanted) => {
    expect(said('shanxi-2026', text)).toContain(wanted);
  });

  test('on the last day the clock decides', () => {
    const text = '还得半个多钟头才到市局 今天还能交上不';
    expect(said('shanxi-2026', text, '2026-07-15T16:40:00+08:00')).toContain('来不及');
    expect(said('shanxi-2026', text, '2026-07-15T15:40:00+08:00')).toContain('来得及');
    expect(said('shanxi-2026', '今天还能交不', '2026-07-15T17:10:00+08:00')).toContain('来不及');
  });
});

test('the programme of the last answer is taken for the next figure', () => {
  const talk = new Talk(NOW);
  talk.type('山西最高补多少');
  talk.type('花了18万能补多少');
  expect(talk.text()).toMatch(/^山西：.*能补9万元/);
  expect(talk.state.programme).toBeUndefined();
});
