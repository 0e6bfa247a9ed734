import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const STARTER = path.resolve(import.meta.dirname, '../../scripts/start.cjs');
const BUNDLE = `(function (exports, require, module, __filename, __dirname, load) {
const path = require('node:path');
console.log(path.basename(__filename), __dirname, process.argv.slice(2).join(' '));
load('./beside.mjs').then(({ word }) => console.log(word));
})`;

/** A folder as the build makes it, with one command. */
function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'start-'));
  copyFileSync(STARTER, path.join(dir, 'start.js'));
  writeFileSync(path.join(dir, 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(path.join(dir, 'one.bundle.js'), BUNDLE);
  writeFileSync(path.join(dir, 'beside.mjs'), "export const word = 'imported';");
  writeFileSync(path.join(dir, 'one.js'), "require('./start.js')('one', process.argv.includes('--keep'));");
  return dir;
}

function run(dir: string, args: readonly string[] = []): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(dir, 'one.js'), ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
  });
  expect(`${String(status)} ${stderr}`).toBe('0 ');
  return stdout;
}

describe('the start of a command', () => {
  it('runs the bundle from where it lies, with and without its code', () => {
    const dir = folder();
    const expected = `one.bundle.js ${dir} a b\nimported\n`;
    expect(run(dir, ['a', 'b'])).toBe(expected);
    expect(existsSync(path.join(dir, 'one.code'))).toBe(false);
    run(dir, ['--keep']);
    expect(existsSync(path.join(dir, 'one.code'))).toBe(true);
    expect(run(dir, ['a', 'b'])).toBe(expected);
  });

  it.each([
    ['torn', (code: Buffer) => code.subarray(0, 100)],
    ['empty', () => Buffer.alloc(0)],
    ['of another kind', () => Buffer.from('no code at all')],
  ])('runs the bundle when its code is %s', (_how, damage) => {
    const dir = folder();
    run(dir, ['--keep']);
    const file = path.join(dir, 'one.code');
    writeFileSync(file, damage(readFileSync(file)));
    expect(run(dir, ['c'])).toBe(`one.bundle.js ${dir} c\nimported\n`);
  });

  it('reads what is no ASCII as it was written, also in regular expressions', () => {
    const dir = folder();
    const words = "/^换企业 /.test('\\u6362\\u4f01\\u4e1a ')";
    writeFileSync(path.join(dir, 'one.bundle.js'), `(function () { console.log(${words}); })`);
    expect(run(dir, ['--keep'])).toBe('true\n');
    expect(run(dir)).toBe('true\n');
  });

  it('runs a newer bundle beside code of an older one', () => {
    const dir = folder();
    run(dir, ['--keep']);
    writeFileSync(
      path.join(dir, 'one.bundle.js'),
      BUNDLE.replace("'imported'", "'x'").replace('(word)', '(`!${word}`)'),
    );
    expect(run(dir)).toContain('!imported');
  });
});
