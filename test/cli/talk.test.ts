import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { bareEnvironment, buildProgram, run, start, startJsonl, type Program } from '../support/program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** An environment with a state directory of its own. */
async function fresh(fields: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  return bareEnvironment({ STATE_DIR: await temporaryDirectory(onTestFinished), ...fields });
}

describe('the start without any configuration', () => {
  test('talks on standard input, a message per line, and ends with it', async () => {
    const env = await fresh({ LOG_LEVEL: 'info' });
    const { code, stdout, stderr } = await run(program, 'main', [], { input: '开始\n山西\n', env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^> 开始\n[\s\S]+\n\n> 山西\n[\s\S]+\n\n$/);
    const again = await run(program, 'main', [], { input: '导出', env });
    expect(again.stdout).toContain('shanxi-2026');
  });

  test('a second process on the same state says so in one sentence', async () => {
    const env = await fresh();
    const chat = startJsonl(program, env.STATE_DIR ?? '');
    chat.send({ chat: 'c', text: '你好' });
    await chat.next();
    const { code, stdout, stderr } = await run(program, 'main', [], { input: '开始\n', env });
    await chat.end();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^数据目录 .+ 正被另一个进程使用.+\n$/);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it, with everything kept', async (signal) => {
    const env = await fresh();
    const child = start(program, 'main', [], env);
    child.stdin.write('山西\n');
    await new Promise<void>((resolve) => {
      let seen = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
        // The blank line behind the answer.
        if (/^> .+\n[\s\S]+\n\n$/.test(seen)) resolve();
      });
    });
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect((await run(program, 'main', [], { input: '导出', env })).stdout).toContain('shanxi-2026');
  });
});

describe('what an operator has done wrong is told in one sentence', () => {
  test.each([
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL'],
    ['DATABASE_URL', 'postgres://localhost/x', 'DATABASE_URL'],
    ['STATE_DIR', '/dev/null/state', '/dev/null/state'],
  ])('%s=%s', async (name, value, named) => {
    const { code, stdout, stderr } = await run(program, 'main', [], { env: await fresh({ [name]: value }) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('an option that the chat does not know', async () => {
    const { code, stdout, stderr } = await run(program, 'chat', ['--json'], { env: await fresh() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--jsonl');
  });
});

describe('the log', () => {
  test('goes to standard error, and holds nothing that was said', async () => {
    const env = await fresh({ LOG_LEVEL: 'trace' });
    const input = '{"chat":"c","text":"我的电话13800000000"}\n';
    const { code, stdout, stderr } = await run(program, 'chat', ['--jsonl'], { input, env });
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('store.opened');
    expect(stderr).not.toContain('13800000000');
  });
});
