import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCompiled } from '../../src/content/compile.ts';
import { writeData } from '../content/sample.ts';

const root = path.resolve(import.meta.dirname, '../..');
const place = mkdtempSync(path.join(tmpdir(), 'bundle-'));
const dist = path.join(place, 'dist');
let metafile: Metafile;

beforeAll(async () => {
  const built = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/check.ts'],
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    metafile: true,
  });
  metafile = built.metafile;
  cpSync(writeData(), path.join(place, 'data'), { recursive: true });
  writeCompiled(path.join(place, 'data'), path.join(dist, 'data.json'));
});

const INPUT = '{"id":"a","program":"dongcheng","now":"2026-06-01T10:00:00+08:00","facts":{}}\n';

/** Runs the bundle from another working directory, as a user may. */
function run(args: readonly string[], input: string) {
  return spawnSync(process.execPath, [path.join(dist, 'check.mjs'), ...args], {
    cwd: tmpdir(),
    input,
    encoding: 'utf8',
  });
}

/** Source files that are loaded with a file of the bundle, without those that are imported by need. */
function loadedWith(output: string, seen = new Set<string>()): Set<string> {
  const one = metafile.outputs[output];
  if (!one || seen.has(output)) return seen;
  seen.add(output);
  for (const input of Object.keys(one.inputs)) seen.add(input);
  for (const { path: next, kind } of one.imports) if (kind === 'import-statement') loadedWith(next, seen);
  return seen;
}

describe('the bundled check', () => {
  it('loads neither zod nor yaml for a start from compiled data', () => {
    const entry = Object.keys(metafile.outputs).find((name) => path.basename(name) === 'check.mjs')!;
    const loaded = [...loadedWith(entry)];
    expect(loaded).toContain('src/content/open.ts');
    expect(loaded.filter((name) => /node_modules\/(zod|yaml)\//.test(name))).toEqual([]);
  });

  it('answers from any directory, and carries nothing but the protocol on standard output', () => {
    const { status, stdout, stderr } = run(['--jsonl'], INPUT);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'a', eligibility: 'undetermined' });
  });

  it('reads YAML, which it imports by need', () => {
    const { status, stdout } = run(['--program', 'dongcheng', '--json'], 'applicant:\n  credit_good: false\n');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ eligibility: 'ineligible' });
  });

  it('validates another data folder anew', () => {
    const { status, stdout } = run(['--data', writeData(), '--jsonl'], INPUT);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'a' });
  });

  it('exits with 2 for bad input', () => {
    expect(run(['--json'], '{}').status).toBe(2);
  });
});
