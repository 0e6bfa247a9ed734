import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { csvCells, harmless, readRoster, SheetFault, writeSheet } from '../../../src/cli/bureau/sheet.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';

async function fileCalled(name: string): Promise<string> {
  const dir = await temporaryDirectory(onTestFinished);
  await mkdir(dir, { recursive: true });
  return join(dir, name);
}

async function fileWith(name: string, text: string): Promise<string> {
  const file = await fileCalled(name);
  await writeFile(file, text);
  return file;
}

test.each(['a.xlsx', 'a.csv'])('what is written to %s can be read again', async (name) => {
  const file = await fileCalled(name);
  await writeSheet(
    file,
    [['企业名称', '所在市', '电话'], ['甲，"乙"有限公司', '太原市', '03510001'], []],
    name.endsWith('csv'),
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readRoster(file)).toEqual([{ name: '甲，"乙"有限公司', city: '太原市', phone: '03510001' }]);
});

test('no cell is a formula', async () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(harmless(text)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
  const file = await fileCalled('a.csv');
  await writeSheet(file, [['=1+1', '+1', '-1', '@a', '\tb', '\rc', '甲']], true);
  const [row] = csvCells(await readFile(file, 'utf8'));
  expect(row).toEqual(["'=1+1", "'+1", "'-1", "'@a", "'\tb", "'\rc", '甲']);
});

test('a list without its columns, or with a row that lacks something, is told to be so', async () => {
  await expect(readRoster('/nowhere/a.csv')).rejects.toEqual(new SheetFault('unreadable'));
  await expect(readRoster(await fileWith('a.xlsx', 'no zip'))).rejects.toEqual(new SheetFault('unreadable'));
  await expect(readRoster(await fileWith('a.csv', '名,市\n甲,太原市'))).rejects.toEqual(new SheetFault('columns'));
  await expect(readRoster(await fileWith('a.csv', '企业名称,市\n甲,太原市\n,太原市\n'))).rejects.toMatchObject({
    what: 'row',
    line: 3,
  });
});
