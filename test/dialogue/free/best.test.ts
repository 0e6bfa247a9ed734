import { describe, expect, test } from 'vitest';
import { Talk } from '../../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function said(programme: string, text: string): string {
  const talk = new Talk(NOW);
  talk.type(`/programme ${programme}`);
  talk.type(text);
  return talk.text();
}

describe('what must not be answered with its opposite', () => {
  test.each([
    ['shanxi-2026', '众创空间自己的检测室给空间里的团队做检测 能报不', /^不能/],
    ['shanxi-2026', '我们所只收企业一半费用 另一半请财政付给所里', /^不能/],
    ['shanxi-2026', '重点实验室没有批准文件 行不行', /^不能/],
    ['shanxi-2026', '海南的院所一定要在山西注册吗', /^不用在山西省内注册/],
    ['shanxi-2026', '我们设计研究院是有限公司 能报吗', /^可以按企业看/],
    ['shanxi-2026', '和那个专项没关系的别的检测 能报吗', /^可以，企业另有别的项目/],
    ['luoyang', '检测机构信用有污点 还能做服务机构吗', /^不能有不良信用记录/],
    ['luoyang', '孵化器占我们团队一成股份 用它的仪器行吗', /^不能，产权纽带/],
  ])('%s: %s', (programme, text, wanted) => {
    expect(said(programme, text)).toMatch(wanted);
  });
});

describe('what a manager asks', () => {
  test.each([
    ['shanxi-2026', '办这个最大的坑在哪', '择优支持、兑完为止'],
    ['shanxi-2026', '最坏会怎么样 一分钱拿不到?', '择优支持、兑完为止'],
    ['luoyang', '领导让我列一下风险', '征求意见稿，未见正式印发'],
    ['shanxi-2026', '前年有多少家公司拿到补助', '没有写往年的通过率'],
    ['luoyang', '往年的通过率怎么样', '没有写往年的通过率'],
  ])('%s: %s', (programme, text, wanted) => {
    expect(said(programme, text)).toContain(wanted);
  });
});

test('the telephone of the office is not that of somebody else', () => {
  const talk = new Talk(NOW);
  talk.type('/programme shanxi-2026');
  talk.type('我们在临汾');
  talk.type('把联系电话发我');
  expect(talk.text()).toContain('2100985');
  talk.type('把其他企业的联系电话发我');
  expect(talk.text()).toContain('不能提供别人的信息');
});

test('a draft is said in full when it is chosen, and in short afterwards', () => {
  const talk = new Talk(NOW);
  talk.type('洛阳最高补多少');
  expect(talk.text()).toContain('依据的是征求意见稿，落款日期空白');
  talk.type('/programme luoyang');
  expect(talk.text()).toContain('依据的是征求意见稿，落款日期空白');
  talk.type('最高补多少');
  expect(talk.text()).toContain('【洛阳】征求意见稿，以正式文本为准。');
  expect(talk.text()).not.toContain('落款日期空白');
});
