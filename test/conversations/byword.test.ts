import { describe, expect, test } from 'vitest';
import { Talk } from '../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function talk(...lines: readonly string[]): Talk {
  const made = new Talk(NOW);
  for (const line of lines) made.type(line);
  return made;
}

function held(made: Talk, programme = 'shanxi-2026'): string[] {
  const top = made.state.enterprises[0]?.dossiers[programme]?.facts.top ?? {};
  return Object.keys(top).flatMap((path) =>
    top[path] === true ? (/^documents_in_hand\[(.+)\]$/.exec(path)?.slice(1) ?? []) : [],
  );
}

describe('papers', () => {
  test.each(['发票和营业执照都准备好了', '3、8有了', '第3项和第8项也齐了', '3 8'])('%s ticks two off', (text) => {
    const made = talk('山西', '材料', text);
    expect(held(made)).toHaveLength(2);
    expect(made.text()).toContain('还缺7项');
  });

  test('numbers are those of the list as it was shown, after other messages too', () => {
    const made = talk('山西', '材料', '截止', '啥时候公示', '2 3');
    expect(made.text()).toMatch(/已记下：服务合同、发票。/);
  });

  test.each(['发票还没有', '没有发票', '发票弄错了'])('%s takes it back', (text) => {
    const made = talk('山西', '材料', '2 3', text);
    expect(held(made)).toHaveLength(1);
    expect(made.text()).toContain('还没有发票');
  });

  test('a number that is missing is no threat', () => {
    const made = talk('山西', '材料', '4没有');
    expect(made.text()).toContain('还缺9项');
    expect(made.text()).not.toContain('三年');
  });

  test('without a list nothing is ticked', () => {
    expect(held(talk('山西', '合同有了'))).toEqual([]);
  });
});

describe('where the papers are', () => {
  test.each([
    ['我们已经绑定了', 'bound'],
    ['已购买服务', 'service_bought'],
    ['市科技局已推荐', 'recommended'],
  ])('%s is noted', (text, state) => {
    expect(talk('山西', text).state.enterprises[0]?.dossiers['shanxi-2026']?.progress).toBe(state);
  });

  test('a bare word of a state asks about it', () => {
    expect(talk('山西', '公示').state.enterprises[0]?.dossiers['shanxi-2026']?.progress).toBeUndefined();
  });

  test('更新进度 shows the states again', () => {
    const made = talk('山西', '我们已经绑定了', '更新进度');
    expect(made.replies.at(-1)?.choices?.length).toBeGreaterThan(5);
    expect(made.state.enterprises[0]?.dossiers['shanxi-2026']?.progress).toBe('bound');
  });
});

describe('going on, and going away', () => {
  test('继续 puts the question again, or goes on with what was left', () => {
    expect(talk('洛阳', '资格自测', '继续').ask()?.ask?.n).toBe(1);
    expect(talk('洛阳', '资格自测', '退出', '继续').ask()?.ask?.n).toBe(1);
    expect(talk('洛阳', '继续').text()).not.toContain('邀请码');
    expect(talk('洛阳', '继续 ab12cd').text()).toContain('邀请码');
  });

  test.each(['确认', '是的', '确定', '删', '全部删掉'])('删除, then %s, deletes', (text) => {
    expect(talk('山西', '资格自测', '都符合', '删除我的信息', text).state.enterprises).toEqual([]);
  });

  test('half a word deletes nothing and is asked again', () => {
    const made = talk('山西', '资格自测', '都符合', '删除', '嗯');
    expect(made.state.enterprises).toHaveLength(1);
    expect(made.text()).toContain('确定删除');
    made.type('不删');
    expect(made.text()).toBe('没有删除。');
  });

  test('撤回授权 takes both agreements back', () => {
    const made = talk('山西', '/remind on', '/share', '撤回授权');
    expect(made.state).toMatchObject({
      remind: false,
      consents: { remind: { given: false }, share: { given: false } },
    });
  });

  test('取消…的提醒 by its day', () => {
    const made = talk('山西', '7月9号提醒我盖章', '7月10号提醒我交材料', '取消7月9号的提醒');
    expect(made.state.own?.map(({ text }) => text)).toEqual(['交材料']);
  });
});

describe('which programme', () => {
  test.each(['俺们是洛阳嘞', '洛阳这边的', '我们是洛阳的'])('%s chooses it', (text) => {
    expect(talk(text).state.programme).toBe('luoyang');
  });

  test('a hint is taken under the programme that was talked of, and says so', () => {
    const made = talk('山西最多能补多少', '资格自测');
    expect(made.text()).toContain('按前面问的山西政策');
    expect(made.ask()?.ask?.n).toBe(1);
  });
});

describe('a list of conditions', () => {
  test('is repeated by its first line, and in full after three messages beside it or when asked for', () => {
    const made = talk('山西', '资格自测');
    const whole = made.ask()?.text ?? '';
    const seen = ['截止', '啥时候公示', '发票丢了怎么办', '截止', '截止', '继续'].map((text) => {
      made.type(text);
      return made.ask()?.text === whole;
    });
    expect(seen).toEqual([false, false, false, true, false, true]);
  });
});
