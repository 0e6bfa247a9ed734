import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WECHAT_FAULTS } from '../../../conversations/wechat.ts';
import { bareEnvironment, buildProgram, run, start, type Program } from '../../support/program.ts';

const root = resolve(import.meta.dirname, '../../..');
let program: Program;
let place: string;

beforeAll(async () => {
  program = await buildProgram();
  place = await mkdtemp(join(tmpdir(), 'wechat-start-'));
});
afterAll(async () => {
  await program.remove();
  await rm(place, { recursive: true, force: true });
});

/** The environment of somebody with WeChat configured. */
function configured(puppet: string): Record<string, string> {
  return bareEnvironment({ WECHATY_PUPPET: puppet, STATE_DIR: join(place, 'state'), HOME: place });
}

/** Source files and packages that are loaded with an entry, without those that are imported by need. */
function loadedWith({ outputs }: Metafile, output: string, seen = new Set<string>()): Set<string> {
  const one = outputs[output];
  if (!one || seen.has(output)) return seen;
  seen.add(output);
  for (const input of Object.keys(one.inputs)) seen.add(input);
  for (const { path, kind } of one.imports)
    if (kind === 'import-statement') {
      seen.add(path);
      loadedWith({ outputs } as Metafile, path, seen);
    }
  return seen;
}

describe('a start without WeChat', () => {
  test('loads neither the library nor the channel', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['src/main.ts'],
      outdir: join(place, 'out'),
      ...{ bundle: true, splitting: true, write: false, metafile: true },
      ...{ platform: 'node', format: 'esm', packages: 'external' },
    });
    const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === 'src/main.ts')![0];
    const loaded = [...loadedWith(metafile, entry)];
    expect(loaded).toContain('src/cli/serve.ts');
    expect(loaded.filter((name) => /wechaty|qrcode|channels\/wechat/.test(name))).toEqual([]);
  });

  test('runs where the library cannot even be found', async () => {
    // Any attempt to resolve it ends the process.
    const hook = `export async function resolve(name, context, next) {
      if (name.startsWith('wechaty')) { process.stderr.write('LOADED ' + name); process.exit(9); }
      return next(name, context);
    }`;
    const register = `import { register } from 'node:module';
      register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));`;
    const guard = `--import=data:text/javascript,${encodeURIComponent(register)}`;
    const env = bareEnvironment({ STATE_DIR: join(place, 'bare'), NODE_OPTIONS: guard });
    const { code, stdout, stderr } = await run(program, 'main', [], { input: '你好\n', env });
    expect(stderr).not.toContain('LOADED');
    expect([code, stdout.includes('科技创新券')]).toEqual([0, true]);
    const loaded = await run(program, 'main', [], {
      env: { ...configured('wechaty-puppet-mock'), NODE_OPTIONS: guard },
    });
    expect(loaded.stderr).toContain('LOADED wechaty');
  });
});

describe('a start with WeChat', () => {
  test('refuses the puppet for official accounts with one sentence', async () => {
    const { code, stderr } = await run(program, 'main', [], { env: configured('wechaty-puppet-official-account') });
    expect([code, stderr]).toEqual([1, `${WECHAT_FAULTS.officialAccount}\n`]);
  });

  test('names a puppet that is not installed', async () => {
    const { code, stderr } = await run(program, 'main', [], { env: configured('wechaty-puppet-nowhere') });
    expect(code).toBe(1);
    expect(stderr).toContain('没有安装 wechaty-puppet-nowhere');
  });

  test('says what it risks, leaves standard output alone, and ends at once when asked to while it still starts', async () => {
    const child = start(program, 'main', [], { ...configured('wechaty-puppet-mock'), LOG_LEVEL: 'info' });
    const texts = { stdout: '', stderr: '' };
    const isUp = new Promise<void>((up) => {
      for (const name of ['stdout', 'stderr'] as const)
        child[name].setEncoding('utf8').on('data', (text: string) => {
          texts[name] += text;
          if (texts.stderr.includes('channel.started')) up();
        });
    });
    await isUp;
    child.kill('SIGTERM');
    expect(await new Promise((ended) => child.on('exit', (code) => ended(code)))).toBe(0);
    expect(texts.stderr).toContain('提醒：');
    expect(texts.stdout).toBe('');
  });
});
