import { expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '../support/program.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { killAtEveryMessage } from './kill.ts';

const TALK = ['你好', '山西', '资格自测', '1', '1', '上一步', '2', '导出', '删除我的数据', '确认删除', '导出'];

test(
  'killed at every message and started again, the assistant says what it says undisturbed',
  { timeout: 120_000 },
  async () => {
    const program = await buildProgram();
    onTestFinished(program.remove);
    const dir = await temporaryDirectory(onTestFinished);
    const outcome = await killAtEveryMessage(program, dir, TALK, ['answered', 0, 40, 5, 400]);
    expect(outcome).toMatchObject({ kills: TALK.length, different: [] });
  },
);
