import { describe, expect, test } from 'vitest';
import { kit, Talk } from '../support/kit.ts';
import { advance, NEW_CHAT, type ChatState } from '../../src/dialogue/index.ts';
import { readOwn } from '../../src/dialogue/ownread.ts';
import { PERSONAS, answerAll } from './reminders-talk.ts';

const NOW = '2026-06-23T10:00:00+08:00';
const now = Date.parse(NOW);

/** A talk up to its verdict. */
function judged(text: string = PERSONAS.shanxi, when = NOW): Talk {
  const talk = new Talk(when);
  talk.type(text);
  answerAll(talk);
  return talk;
}

describe('the two agreements', () => {
  test('are asked for after the verdict, apart, and never before the first question', () => {
    const talk = new Talk(NOW);
    talk.type('山西');
    expect(talk.type('资格自测')).toHaveLength(1);
    expect(talk.text()).not.toMatch(/提醒|同意/);
    const after = judged();
    const [verdict, , consent, ...more] = after.replies;
    expect(verdict?.result).toBeDefined();
    expect(consent?.text).toContain('要不要我主动提醒您');
    expect(consent?.ask).toBeUndefined();
    expect(more).toEqual([]);
    expect(after.state.remind).toBe(false);
    after.press('remind.on');
    expect(after.state.consents?.remind).toEqual({ given: true, at: now, wording: consent?.text });
    expect(after.replies.at(-1)?.text).toMatch(
      /另外问一次：同意让所在市科技局看到您的企业名称、所在市、办理进度、还缺的材料吗？/,
    );
    expect(after.state.consents?.share?.given).toBeUndefined();
    after.press('share.on');
    expect(after.state.consents?.share?.given).toBe(true);
    expect(after.text()).not.toContain('吗？');
  });

  test('a no is as short as a yes, and neither is asked for again', () => {
    const talk = judged();
    talk.type('不用');
    expect(talk.state.consents?.remind?.given).toBe(false);
    talk.type('2');
    expect(talk.state.consents?.share?.given).toBe(false);
    talk.type('资格自测');
    answerAll(talk);
    expect(talk.text()).toContain('结论');
    expect(talk.text()).not.toMatch(/要不要我|另外问一次/);
  });

  test('who does not answer is not asked again: the other one comes with the next verdict, then none', () => {
    const talk = judged();
    const again = (): string => {
      talk.type('材料');
      talk.type('资格自测');
      answerAll(talk);
      return talk.text();
    };
    expect(again()).toMatch(/另外问一次/);
    expect(talk.text()).not.toContain('要不要我');
    expect(again()).not.toMatch(/要不要我|另外问一次/);
    expect(talk.state).toMatchObject({ remind: false, consents: { remind: {}, share: {} } });
  });

  test('what says neither yes nor no agrees to nothing, and is answered as ever', () => {
    for (const text of ['材料', '太原', '交了', '为什么问', '改第1题']) {
      const talk = judged();
      talk.type(text);
      expect(talk.state.remind, text).toBe(false);
      expect(talk.state.consents?.remind?.given, text).toBeUndefined();
    }
  });

  test('where the programme names no office that uses it, nothing is shared and nothing asked', () => {
    const talk = judged(PERSONAS.luoyang);
    expect(talk.text()).toContain('要不要我主动提醒您');
    talk.press('remind.on');
    expect(talk.text()).not.toContain('另外问一次');
  });

  test('nothing is asked for that there is no use for: too late, or not eligible', () => {
    expect(judged(PERSONAS.shanxi, '2026-07-20T10:00:00+08:00').text()).not.toContain('要不要我');
    expect(judged('我们是太原的高企，是分公司').text()).not.toContain('要不要我');
  });

  test('退订 stops everything at once, in an interview too, and the question stays', () => {
    const talk = new Talk(NOW);
    for (const text of ['山西', '/remind on', '7月10号提醒我交材料', '资格自测']) talk.type(text);
    const before = talk.ask();
    for (const text of ['退订', 'td', '不要提醒', '/remind off', '/unsubscribe']) {
      const own = new Talk(NOW);
      own.state = talk.state;
      own.type(text);
      expect(own.state, text).toMatchObject({ remind: false, stopped: now, consents: { remind: { given: false } } });
      expect(own.state.own, text).toBeUndefined();
      expect(own.ask()?.ask, text).toEqual(before?.ask);
    }
  });

  test('are shown in 隐私 and 导出, and gone with everything else', () => {
    const talk = judged();
    talk.press('remind.on');
    talk.press('share.on');
    talk.type('隐私');
    expect(talk.text()).toContain('截止提醒：开着，2026年6月23日同意');
    expect(talk.text()).toContain('共享给所在市科技局：2026年6月23日同意');
    talk.type('导出');
    expect(talk.text()).toMatch(/"wording": "截止前要不要我主动提醒您/);
    talk.type('停止共享');
    expect(talk.state.consents?.share?.given).toBe(false);
    talk.type('/share on');
    expect(talk.state.consents?.share?.given).toBe(true);
    talk.type('/unshare');
    expect(talk.state.consents?.share?.given).toBe(false);
    talk.type('删除我的数据');
    talk.type('确认删除');
    expect(talk.state).toEqual(NEW_CHAT);
  });
});

describe('reminders of one’s own', () => {
  test.each([
    ['下周一上午提醒我盖章', '2026-06-29T09:00', '盖章'],
    ['7月10号提醒我交材料', '2026-07-10T09:00', '交材料'],
    ['明天下午3点半提醒我给服务机构打电话', '2026-06-24T15:30', '给服务机构打电话'],
    ['提醒我7月8日把发票复印好', '2026-07-08T09:00', '把发票复印好'],
    ['周五提醒我找老板签字', '2026-06-26T09:00', '找老板签字'],
    ['3天后提醒我看看材料齐不齐', '2026-06-26T09:00', '看看材料齐不齐'],
    ['后天晚上十点提醒我上传', '2026-06-26T08:00', '上传'],
    ['2026-07-01 10:30提醒我装订', '2026-07-01T10:30', '装订'],
    ['明天提醒我', '2026-06-24T09:00', ''],
    ['今天下午提醒我交', '2026-06-23T15:00', '交'],
  ])('%s', (text, when, what) => {
    expect(readOwn(text, now)).toMatchObject({ kind: 'read', at: Date.parse(`${when}:00+08:00`), text: what });
  });

  test.each([
    ['昨天提醒我交材料', 'past'],
    ['今天早上8点提醒我交材料', 'past'],
    ['6月20日提醒我交材料', 'past-this-year'],
    ['提醒我交材料', 'no-date'],
    ['2029年7月1日提醒我', 'far'],
    ['2月30日提醒我交', 'unclear'],
    ['月底提醒我交', 'unclear'],
  ])('%s is refused: %s', (text, why) => {
    expect(readOwn(text, now)).toMatchObject({ kind: 'fault', why });
    const talk = new Talk(NOW);
    talk.type(text);
    expect(talk.state.own).toBeUndefined();
    expect(talk.text()).toMatch(/请|换个/);
  });

  test.each(['提醒', '提醒我', '不要提醒我', '别再提醒我了', '你们会提醒我截止吗', '截止前几天提醒'])(
    '%s sets none',
    (text) => {
      const talk = new Talk(NOW);
      talk.type('山西');
      talk.type(text);
      expect(talk.state.own).toBeUndefined();
    },
  );

  test('are no answer to the question that waits, which is put again', () => {
    const talk = new Talk(NOW);
    talk.type('我们是太原的科小，小型企业，去年9月1号开票20万做检测');
    const before = talk.ask();
    talk.type('7月10号提醒我交材料');
    expect(talk.state.own).toHaveLength(1);
    expect(talk.ask()?.ask).toEqual(before?.ask);
    expect(talk.ask()?.choices).toEqual(before?.choices);
  });

  test('are listed by number, cancelled by number, and not without end', () => {
    const talk = new Talk(NOW);
    for (let day = 1; day <= 21; day += 1) talk.type(`7月${day}号提醒我第${day}件事`);
    expect(talk.state.own).toHaveLength(20);
    expect(talk.text()).toContain('最多记20个');
    talk.type('取消提醒2');
    expect(talk.text()).toBe('已取消：第2件事。');
    talk.type('取消提醒99');
    expect(talk.text()).toContain('没有第99个');
    talk.type('我的提醒');
    expect(talk.text()).toMatch(/^您定的提醒：\n1\. 2026年7月1日（周三） 09:00 第1件事\n2\. 2026年7月3日/);
  });
});

describe('progress', () => {
  const said = (programme: string, ...texts: string[]): string => {
    const talk = new Talk(NOW);
    talk.type(`/programme ${programme}`);
    for (const text of texts) talk.type(text);
    return talk.text();
  };

  test('every state of the procedure can be named, and says what comes next with its clause', () => {
    for (const [id, guide] of kit.guides)
      for (const { role, states } of guide.programme.files.procedure.machines.filter((one) => one.role === 'applicant'))
        for (const [state, label] of Object.entries(states)) {
          expect(said(id, `/progress ${label}`), `${id} ${role} ${state}`).toMatch(
            /（.*(?:条|[一二三四五六]).*）|流程到这里结束/,
          );
          expect(said(id, `/progress ${state}`)).toContain(`已记下：${label}。`);
        }
  });

  test('已提交, giving up, and what is no state', () => {
    expect(said('shanxi-2026', '已提交')).toMatch(
      /^已记下：已报送市科技局。\n下一步（市科技局）：完成初审和推荐.*（四\(五\)）/,
    );
    expect(said('luoyang', '已提交')).toMatch(/^已记下：已在线申报兑付。/);
    expect(said('shanxi-2026', '不申请了', '进度')).toContain('不申请了');
    expect(said('shanxi-2026', '/progress 已上天')).toContain('没有“已上天”这一步');
    expect(said('shanxi-2026', '/progress paid')).toContain('流程到这里结束');
  });

  test('a team has its own beginning', () => {
    const talk = new Talk(NOW);
    talk.type('山西');
    const own = { facts: { top: { 'applicant.kind': 'team' }, services: [], servicesGiven: false } };
    const state: ChatState = { ...talk.state, enterprises: [{ id: 'e', dossiers: { 'shanxi-2026': own } }] };
    const asked = advance(kit, state, { kind: 'text', text: '进度' }, now, 'x');
    expect(asked.replies[0]?.choices?.slice(0, 3).map(({ label }) => label)).toEqual([
      '需要平台企业代为申请',
      '平台企业已同意',
      '按企业流程办理',
    ]);
    const told = advance(kit, asked.state, { kind: 'choice', id: 'progress.as_enterprise_track' }, now, 'x');
    expect(told.replies[0]?.text).toMatch(/下一步（平台企业）：提前在创新券管理系统中进行注册/);
  });
});
