import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAtEveryMessage, type Moment } from '../test/app/kill.ts';
import { buildProgram } from '../test/support/program.ts';

/** Each person's way of talking; the answers are compared with those of the undisturbed conversation. */
const PERSONS: Readonly<Record<string, readonly string[]>> = {
  'presses the first choice': ['/start', '/programme shanxi-2026', '/check', ...Array<string>(25).fill('1'), '汇总'],
  'does not know': ['/programme luoyang', '/check', ...Array<string>(20).fill('不清楚'), '材料', '截止', '导出'],
  'changes her mind': [
    ...['你好', '洛阳', '资格自测', '1', '2', '1', '上一步', '2', '改第1题', '2', '1', '跳过', '为什么问', '1'],
    ...['重来', '1', '1', '退出', '/check', '2', '切换山西', '/estimate', '1', '1', '菜单', '导出'],
  ],
  'writes whole sentences': [
    '我们是太原的一家高新技术企业，想申请创新券',
    '去年买了18.5万元的检测服务，今年6月开的发票',
    '能补多少',
    '就一笔',
    '没有失信',
    '材料缺什么',
    '太原找谁',
    '截止',
    '换企业 晋阳软件',
    '/check',
    '1',
    '换企业',
    '1',
    '汇总',
    '导出',
    '删除我的数据',
    '确认删除',
    '你好',
    '导出',
  ],
};

const MOMENTS: readonly (readonly Moment[])[] = [['answered'], [0], [3, 30, 300], [1_000, 'answered', 3_000]];

/** Kills the program at every message of several conversations, at several moments; rejects when an answer differed. */
export async function run(): Promise<void> {
  const program = await buildProgram();
  const dir = await mkdtemp(join(tmpdir(), 'kill-soak-'));
  try {
    for (const [person, talk] of Object.entries(PERSONS)) {
      for (const [index, moments] of MOMENTS.entries()) {
        const outcome = await killAtEveryMessage(program, join(dir, `${person} ${index}`), talk, moments);
        console.log(
          `${person.padEnd(26)} kill at ${moments.join(', ').padEnd(22)} ${outcome.kills} kills, ` +
            `${outcome.repeated} answers said again, ${outcome.different.length} different`,
        );
        if (outcome.different.length > 0) throw new Error(JSON.stringify(outcome.different[0]));
      }
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
    await program.remove();
  }
}
