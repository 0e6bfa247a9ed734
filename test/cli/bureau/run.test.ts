import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { askRunning, NobodyThere, openControl } from '../../../src/cli/bureau/control.ts';
import { readVerb } from '../../../src/cli/bureau/arguments.ts';
import { keptLog } from '../../app/support.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';
import { bareEnvironment, buildProgram, run, startJsonl, type Program } from '../../support/program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

async function fresh(): Promise<Record<string, string>> {
  return bareEnvironment({ STATE_DIR: await temporaryDirectory(onTestFinished) });
}

describe('the bureau command', () => {
  test('works on the store when no assistant runs, and through it when one does', async () => {
    const env = await fresh();
    const first = await run(program, 'bureau', ['invite', '--city', '太原'], { env });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    const { code } = JSON.parse(first.stdout) as { code: string };
    const chat = startJsonl(program, env['STATE_DIR'] ?? '');
    chat.send({ chat: 'o', text: `/bind ${code}` });
    expect(JSON.stringify(await chat.next())).toContain('已绑定：太原市科技局');
    const staff = await run(program, 'bureau', ['staff'], { env });
    expect(JSON.parse(staff.stdout)).toMatchObject({ staff: [{ chat: 'stdio:o', city: '太原市' }] });
    chat.send({ bureau: ['revoke', 'stdio:o'] });
    expect(await chat.next()).toEqual({ bureau: { revoked: 'stdio:o' } });
    await chat.end();
    const audit = await run(program, 'bureau', ['audit', '--limit', '2'], { env });
    expect((JSON.parse(audit.stdout) as { audit: { what: string }[] }).audit.map(({ what }) => what)).toEqual([
      'staff',
      'revoke',
    ]);
    expect(await readdir(env['STATE_DIR'] ?? '')).not.toContain('control.sock');
  });

  test.each([
    [['invite'], 'invite'],
    [['fly'], 'fly'],
    [['pause'], 'pause'],
    [['invite', '--city', '北京市'], '北京市'],
    [['import', '/nowhere.csv'], '/nowhere.csv'],
  ])('%j is told to be wrong in one sentence', async (args, named) => {
    const { code, stdout, stderr } = await run(program, 'bureau', args, { env: await fresh() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('the control socket', () => {
  test('is for its owner only, takes the place of a dead one, and knows the verbs only', async () => {
    const dir = await temporaryDirectory(onTestFinished);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'control.sock'), '');
    const seen: unknown[] = [];
    const close = await openControl(
      dir,
      async (request) => {
        seen.push(request);
        return { kind: 'done', result: { ok: 1 } };
      },
      keptLog(),
    );
    expect((await stat(join(dir, 'control.sock'))).mode & 0o777).toBe(0o600);
    expect(await askRunning(dir, { verb: 'staff' })).toEqual({ kind: 'done', result: { ok: 1 } });
    for (const line of ['{"verb":"delete"}', 'no JSON', '{"verb":"pause"}', '{"verb":"staff","x":1}']) {
      const socket = connect(join(dir, 'control.sock'));
      const answer: string[] = [];
      socket.on('data', (part) => answer.push(String(part)));
      socket.write(`${line}\n`);
      await new Promise((resolve) => socket.once('close', resolve));
      expect(answer).toEqual([]);
    }
    expect(seen).toEqual([{ verb: 'staff' }]);
    await close();
    await expect(askRunning(dir, { verb: 'staff' })).rejects.toBeInstanceOf(NobodyThere);
  });
});

test('words that make no sense are found before anything is opened', () => {
  expect(readVerb(['invite', '--city', '太原市', '--province'])).toMatchObject({ kind: 'fault' });
  expect(readVerb(['staff', 'x'])).toMatchObject({ kind: 'fault' });
  expect(readVerb(['staff', '--clear'])).toMatchObject({ kind: 'fault' });
  expect(readVerb(['audit', '--limit', '0'])).toMatchObject({ kind: 'fault' });
  expect(readVerb(['questions', '--clear'])).toMatchObject({ kind: 'verb', verb: 'questions' });
});
