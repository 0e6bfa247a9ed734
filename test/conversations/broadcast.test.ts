import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Reply } from '../../src/dialogue/index.ts';
import { BureauWorld, SECOND } from '../app/staff/world.ts';

/*
 * A broadcast from the invitation to the report, as an officer can read it: broadcast.story.md. After a change of words
 * that is meant: UPDATE_TALKS=1 npx vitest run test/conversations/broadcast.test.ts
 */

const FILE = resolve(import.meta.dirname, 'broadcast.story.md');
const OFFICER = 't:officer';

function shown({ text, choices = [] }: Reply): string {
  return [text, ...choices.map(({ label }, index) => `${index + 1}) ${label}`)].join('\n');
}

function block(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

async function play(): Promise<string> {
  const world = new BureauWorld();
  const parts: string[] = ['# 群发：从绑定到报告'];
  const hide = (text: string): string => text.replace(/\b0000\d{4}\b/g, () => 'ID');
  const say = async (text: string, as = text): Promise<void> => {
    const replies = await world.say(OFFICER, text);
    parts.push(`> ${as}`, ...replies.map((reply) => block(hide(shown(reply)))));
  };
  const wait = async (seconds: number, what: string): Promise<void> => {
    const texts = await world.tick(seconds * SECOND);
    parts.push(`## ${what}`);
    if (texts.size === 0) parts.push('没有发出任何消息。');
    for (const [chat, said] of texts) parts.push(`${chat} 收到：`, ...said.map((text) => block(hide(text))));
  };
  for (const [chat, name] of [
    ['t:enterprise-1', '晋阳科技有限公司'],
    ['t:enterprise-2', '汾河软件有限公司'],
    ['t:enterprise-3', '龙城检测有限公司'],
  ] as const)
    await world.firm({ chat, name });
  parts.push('## 绑定');
  const { code } = await world.operator({ verb: 'invite', city: '太原市' });
  await say('群发');
  await say(`/bind ${String(code)}`, '/bind 邀请码');
  parts.push('## 第一次：写完又撤回');
  await say('群发');
  await say('还没提交的');
  await say('【通知】请尽快交材料');
  await say('【企业名称】：离截止还有【剩余天数】天，还缺【缺少材料】，请交到科技局，电话【联系电话】。');
  await say('2');
  await say('3');
  await say('撤回');
  await wait(600, '十分钟后');
  parts.push('## 第二次：一家在发出之前退订');
  await say('群发');
  await say('1');
  await say('【企业名称】：请在7月15日17:00前交纸质材料。');
  await say('3');
  await world.say('t:enterprise-2', '退订');
  await wait(120, '120秒后');
  await wait(1, '报告');
  await say('群发记录');
  parts.push('## 收件');
  await say('已收 晋阳科技有限公司');
  await say('退回 龙城检测有限公司 缺发票');
  await say('企业名单');
  await wait(1, '企业收到的通知');
  return `${parts.join('\n\n')}\n`;
}

test('goes as it is written', async () => {
  const played = await play();
  if (process.env['UPDATE_TALKS'] === '1') writeFileSync(FILE, played);
  expect(played).toBe(readFileSync(FILE, 'utf8'));
});
