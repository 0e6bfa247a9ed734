import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runDoctor } from '../../src/cli/doctor/run.ts';
import { source, writeData } from '../content/sample.ts';

const DATA = writeData();
const fresh = (): string => mkdtempSync(path.join(tmpdir(), 'doctor-'));

async function run(argv: readonly string[], environment: Record<string, string> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { STATE_DIR: path.join(fresh(), 'state'), ...environment };
  const code = await runDoctor(argv, { stdout, stderr, here: DATA }, env);
  return { code, out: (stdout.read() as Buffer | null)?.toString() ?? '' };
}

describe('doctor', () => {
  it('finds a sound installation in order', async () => {
    const { code, out } = await run(['--data', DATA]);
    expect(code).toBe(0);
    expect(out).toContain('东城市科技创新券（dongcheng）');
    expect(out).toContain('一切正常');
  });

  it('names the environment variable that is wrong', async () => {
    const { code, out } = await run(['--data', DATA], { PORT: 'x' });
    expect(code).toBe(1);
    expect(out).toMatch(/有误 {2}配置.*\n.*PORT must be a number/);
  });

  it('says why a way into WeChat is refused, and looks at everything else', async () => {
    const { code, out } = await run(['--data', DATA], { WECHATY_PUPPET: 'wechaty-puppet-official-account' });
    expect(code).toBe(1);
    expect(out).toContain('WECHATY_PUPPET 不能用 wechaty-puppet-official-account');
    expect(out).toContain('存储：');
    const fine = await run(['--data', DATA], { WECHATY_PUPPET: 'wechaty-puppet-wechat4u' });
    expect([fine.code, fine.out.includes('WeChat')]).toEqual([0, true]);
  });

  it('names file and path of a fault in a new notice', async () => {
    const from = source();
    Object.assign(from.conditions.rules[0]!, { quote: '在西城市注册' });
    const { code, out } = await run(['--data', writeData(from)]);
    expect(code).toBe(1);
    expect(out).toContain('programmes/dongcheng/conditions.yaml: rules[dc.city].quote: the quote is not in the notice');
  });

  it('finds a data folder that is missing', async () => {
    const { code, out } = await run(['--data', path.join(fresh(), 'nowhere')]);
    expect([code, out.includes('the folder is missing')]).toEqual([1, true]);
  });

  it('tells a store that is new, at rest, in use and unusable apart', async () => {
    const base = fresh();
    const dir = path.join(base, 'state');
    const state = async (place: string): Promise<string> => (await run(['--data', DATA], { STATE_DIR: place })).out;
    expect(await state(dir)).toContain('还不存在');
    mkdirSync(dir);
    expect(await state(dir)).toContain('可以读写');
    writeFileSync(path.join(dir, 'holder.json'), JSON.stringify({ pid: process.pid }));
    expect(await state(dir)).toContain(`正由进程 ${process.pid} 使用`);
    writeFileSync(path.join(dir, 'holder.json'), 'torn');
    expect(await state(dir)).not.toContain('正由进程');
    writeFileSync(path.join(base, 'file'), '');
    expect(await state(path.join(base, 'file'))).toContain('is not a directory');
  });

  it('exits with 2 for arguments it does not know', async () => {
    expect((await run(['--colour'])).code).toBe(2);
  });
});
