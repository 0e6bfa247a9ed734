import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadChecked, writeCompiled } from '../../src/content/compile.ts';
import { hashFolder } from '../../src/content/hash.ts';
import { openContent } from '../../src/content/open.ts';
import { DataFault } from '../../src/policy/compile.ts';
import { source, writeData } from './sample.ts';

const compiledBeside = (dir: string): string => path.join(dir, '..', 'data.json');

describe('the hash of a folder', () => {
  it('depends on contents and names, not on the place', () => {
    const [a, b] = [writeData(), writeData()];
    expect(hashFolder(a)).toBe(hashFolder(b));
    writeFileSync(path.join(b, 'note.txt'), '');
    expect(hashFolder(a)).not.toBe(hashFolder(b));
  });

  it('tells a name from a content', () => {
    const [a, b] = [writeData(), writeData()];
    writeFileSync(path.join(a, 'x'), 'yz');
    writeFileSync(path.join(b, 'xy'), 'z');
    expect(hashFolder(a)).not.toBe(hashFolder(b));
  });

  it('passes over what editors leave behind', () => {
    const dir = writeData();
    const before = hashFolder(dir);
    writeFileSync(path.join(dir, '.notes.swp'), 'x');
    writeFileSync(path.join(dir, 'notes~'), 'x');
    expect(hashFolder(dir)).toBe(before);
  });
});

describe('content', () => {
  it('survives being compiled', async () => {
    const dir = writeData();
    writeCompiled(dir, compiledBeside(dir));
    const opened = await openContent(dir, compiledBeside(dir));
    expect(opened).toEqual(JSON.parse(JSON.stringify(loadChecked(dir))));
  });

  it('is taken from the compiled file only while the sources are the same', async () => {
    const dir = writeData();
    const file = compiledBeside(dir);
    writeCompiled(dir, file);
    const marked = readFileSync(file, 'utf8').replace('依据的是办法原文。', '来自编译结果。');
    writeFileSync(file, marked);
    expect((await openContent(dir, file)).programmes[0]?.programme.status_says).toBe('来自编译结果。');
    writeFileSync(path.join(dir, 'programmes/dongcheng/notice.md'), readNotice(dir) + '\n');
    expect((await openContent(dir, file)).programmes[0]?.programme.status_says).toBe('依据的是办法原文。');
  });

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['torn', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 500))],
    ['empty', (file: string) => writeFileSync(file, '')],
  ])('is validated anew when the compiled file is %s', async (_how, damage) => {
    const dir = writeData();
    writeCompiled(dir, compiledBeside(dir));
    damage(compiledBeside(dir));
    expect((await openContent(dir, compiledBeside(dir))).programmes).toHaveLength(1);
  });

  it('is refused with file and path when it is faulty', async () => {
    const from = source();
    Object.assign(from.subsidy.caps[0]!, { amount: '1e5' });
    const dir = writeData(from);
    const opening = openContent(dir, compiledBeside(dir));
    await expect(opening).rejects.toThrow(DataFault);
    await expect(opening).rejects.toMatchObject({ file: 'programmes/dongcheng/subsidy.yaml', path: 'caps[0].amount' });
    expect(() => writeCompiled(dir, compiledBeside(dir))).toThrow(/caps\[0\]\.amount/);
  });

  it('is refused when the checks beyond the schemas find something', async () => {
    const from = source();
    from.questions.order.applicant.push('bundle:extras');
    const dir = writeData(from);
    await expect(openContent(dir, compiledBeside(dir))).rejects.toMatchObject({ path: 'order.applicant[2]' });
  });
});

function readNotice(dir: string): string {
  return readFileSync(path.join(dir, 'programmes/dongcheng/notice.md'), 'utf8');
}
