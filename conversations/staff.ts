import type { BindOutcome, CommandSpec, Refusal, Reply, Seen } from '../src/dialogue/index.ts';
import { lines } from './wording.ts';

/** 科技局工作人员: binding, marking dossiers, the list of enterprises, and what is said when something is not allowed. */

/** The commands of bureau staff; anybody else is told that they are staff's. */
export const staffCommands: readonly CommandSpec[] = [
  { id: 'bind', slash: 'bind', words: ['绑定身份'], pattern: /^绑定(?:身份)?[ :：]{1,4}(\S{8,40})$/ },
  { id: 'broadcast', slash: 'broadcast', words: ['群发'] },
  { id: 'broadcasts', slash: 'broadcasts', words: ['群发记录'], pattern: /^群发记录 +(\S{3,40}(?: +\d{1,4})?)$/ },
  { id: 'withdraw', slash: 'withdraw', words: ['撤回', '撤回群发'], pattern: /^撤回 +([A-Za-z0-9]{3,40})$/ },
  { id: 'pause', slash: 'pause', words: ['暂停', '暂停群发'], pattern: /^暂停(?:群发)? +([A-Za-z0-9]{3,40})$/ },
  { id: 'resume', slash: 'resume', words: ['继续', '继续群发'], pattern: /^继续(?:群发)? +([A-Za-z0-9]{3,40})$/ },
  { id: 'cancel', slash: 'stop', words: [], pattern: /^取消(?:群发)? +([A-Za-z0-9]{3,40})$/ },
  { id: 'approve', slash: 'approve', words: ['批准'], pattern: /^批准 +([A-Za-z0-9]{3,40})$/ },
  { id: 'received', slash: 'received', words: ['已收'], pattern: /^已收[ :：]{1,4}(\S.{1,60})$/ },
  { id: 'returned', slash: 'returned', words: ['退回补正', '退回'], pattern: /^退回(?:补正)?[ :：]{1,4}(\S.{1,260})$/ },
  { id: 'enterprises', slash: 'enterprises', words: ['企业名单'] },
  { id: 'forwarded', slash: 'forwarded', words: ['已上报', '已经上报'] },
  { id: 'forwarded', slash: 'unforwarded', words: ['还没上报', '没上报', '未上报'], argument: 'no' },
];

const BIND: Readonly<Record<Exclude<BindOutcome['kind'], 'bound'>, string>> = {
  wrong: '邀请码不对，请核对后再发。',
  used: '这个邀请码已经用过或已作废，请向管理员要新的。',
  expired: '这个邀请码已过期，请向管理员要新的。',
  limited: '试错太多，请过一会儿再试。',
  group: '请在与我的私聊里绑定。群里发过的邀请码已作废，请向管理员要新的。',
};

export function boundWords(outcome: BindOutcome): Reply {
  if (outcome.kind !== 'bound') return { text: BIND[outcome.kind] };
  return {
    text: lines(
      `已绑定：${outcome.office}工作人员。`,
      '可以回：群发、群发记录、企业名单；已收 企业名称；退回 企业名称 缺…',
      '只能看到同意共享的企业的名称、所在市、进度和缺的材料。',
      '本单位有报送期限的，到期前会提醒您；什么都不要主动发，回“退订”。',
    ),
  };
}

export const bindAskWords = (): Reply => ({ text: '请发：绑定 邀请码（邀请码由管理员给出）。' });

const REFUSED: Readonly<Record<Refusal, string>> = {
  group: '这项功能只能在与我的私聊里用。',
  'no-role': '这是科技局工作人员的功能，请先用邀请码绑定身份。',
  'other-city': '不在您负责的市范围内，不能操作。',
  'not-found': '没有找到，或不在您的范围内。',
  own: '不能批准自己发起的群发，请另一位工作人员批准。',
  'too-late': '已经过了可以操作的时间。',
  'not-now': '现在的状态不能这样操作。',
  changed: '内容已有变化，请重新查看后再操作。',
  nobody: '没有符合条件的企业。',
  faulty: '文字不能发送，请修改后再试。',
};

export const refusedWords = (why: Refusal): Reply => ({ text: REFUSED[why] });

export const markAskWords = (): Reply => ({
  text: '请写企业全称，如：已收 某某科技有限公司；退回 某某科技有限公司 缺发票',
});

export function markedWords(name: string, mark: 'received' | 'returned', told: number): Reply {
  const done = mark === 'received' ? '已收' : '退回补正';
  return { text: `已记下：${name} ${done}。${told > 0 ? '已通知企业。' : '企业没有开启通知，没有告知。'}` };
}

/** The office has done what its own date asks for, or takes that back. */
export function forwardedWords(office: string, done: boolean): Reply {
  return {
    text: done
      ? `已记下：${office}已上报，不再提醒本单位的报送截止。记错了回“还没上报”。`
      : `已记下：${office}还没上报，到期前照常提醒。`,
  };
}

/** Where an enterprise stands; it need not have said. */
export function progressText(progress: string): string {
  return progress === '' ? '没有说明进度' : progress;
}

const MOST_MISSING = 3;

/** A few of the papers, without what the list says about each: a line for every firm has to be read at a glance. */
function missingText(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  const names = missing.slice(0, MOST_MISSING).map((name) => name.replace(/（[^（]{0,80}）$/, ''));
  return `，还缺${names.join('、')}${missing.length > MOST_MISSING ? `等${String(missing.length)}项` : ''}`;
}

export function enterprisesWords(rows: readonly Seen[], count: number): Reply {
  if (count === 0) return { text: '还没有企业同意共享进度。' };
  return {
    text: lines(
      `同意共享的企业共${String(count)}家：`,
      ...rows.map(
        ({ name, city, progress, missing }, index) =>
          `${String(index + 1)}. ${name}（${city}）${progressText(progress)}${missingText(missing)}`,
      ),
      count > rows.length ? `其余${String(count - rows.length)}家请导出查看。` : '',
    ),
  };
}
