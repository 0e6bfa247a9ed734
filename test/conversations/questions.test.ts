import { describe, expect, test } from 'vitest';
import { Talk } from '../support/kit.ts';
import { faultsOf, UTTERANCES } from '../support/utterances.ts';

const NOW = '2026-06-23T10:00:00+08:00';

describe('messages as people type them', () => {
  test.each(UTTERANCES.map((one) => [one.text, one] as const))('%s', (_text, utterance) => {
    expect(faultsOf(utterance)).toEqual([]);
  });
});

function talk(...lines: readonly string[]): Talk {
  const made = new Talk(NOW);
  for (const line of lines) made.type(line);
  return made;
}

describe('which programme', () => {
  test('a general question gets one line of each, and a button that answers it fully', () => {
    const made = talk('创新券可以转让吗');
    expect(made.text()).toMatch(/山西：.*\n|洛阳：.*\n/);
    made.press('programme.shanxi-2026');
    expect(made.text()).toContain('五(七)');
    expect(made.text()).not.toContain('第二十四条');
  });

  test('a figure waits for the programme', () => {
    const made = talk('花了18万能补多少');
    expect(made.text()).not.toContain('9万元');
    made.type('山西');
    expect(made.text()).toContain('9万元');
  });

  test('a question about the other programme is answered for that one, labelled, without switching', () => {
    const made = talk('山西', '洛阳公示几天');
    expect(made.text()).toContain('洛阳：');
    expect(made.text()).toContain('征求意见稿');
    expect(made.state.programme).toBe('shanxi-2026');
  });

  test('a place of the provider does not change the programme', () => {
    const made = talk('洛阳', '找太原的检测机构做检测可以吗');
    expect(made.text()).not.toContain('山西：');
  });
});

describe('in an interview', () => {
  test.each([
    ['甚会儿截止了么', '2026年7月15日'],
    ['系统崩了吧???客服电话给我', '8065503'],
    ['大同科技局电话', '5028339'],
    ['发票丢了怎么办', '发票'],
  ])('%s is answered, and the question put again', (text, wanted) => {
    const made = talk('/programme shanxi-2026', '/check', text);
    expect(made.text()).toContain(wanted);
    expect(made.ask()?.ask?.n).toBe(1);
    expect(made.replies.flatMap((reply) => reply.choices ?? []).map(({ id }) => id)).not.toContain('bad');
  });

  test('an answer stays an answer', () => {
    const made = talk('/programme shanxi-2026', '/check', '都符合');
    expect(made.ask()?.ask?.n).toBe(2);
  });
});

describe('judging an answer', () => {
  test('a bad one is kept for the operator without numbers and names', () => {
    const made = talk('/programme shanxi-2026', '我叫张三，电话13800138000，创新券可以转让吗');
    made.press('bad');
    expect(made.kept).toEqual({
      question: '我叫某某,电话[号码],创新券可以转让吗',
      answer: 'transfer',
      why: 'bad',
    });
    made.press('bad');
    expect(made.text()).toContain('按钮已经过期');
  });

  test('what nothing answers is kept', () => {
    const made = talk('/programme shanxi-2026', '火星上的检测基地怎么收取停车费用');
    expect(made.kept?.why).toBe('unanswered');
  });
});

describe('several questions in one message', () => {
  test('each is answered, three at most', () => {
    const made = talk('/programme shanxi-2026', '公示几天？发票丢了怎么办？');
    expect(made.text()).toContain('5个工作日');
    expect(made.text()).toContain('发票');
  });
});
