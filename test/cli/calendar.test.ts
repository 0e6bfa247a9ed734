import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { calendarFiles, calendarText } from '../../src/cli/calendar.ts';
import { content } from '../support/kit.ts';

const made: string[] = [];
const directory = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'calendar-'));
  made.push(dir);
  return dir;
};
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
});

const programme = (id: string) => {
  const found = content.programmes.find((one) => one.programme.id === id);
  if (!found) throw new Error(id);
  return found;
};

test('the dates of an enterprise, as Beijing has them; lines as the standard wants them', async () => {
  const text = await calendarText(programme('shanxi-2026'));
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const plain = text.replaceAll('\r\n ', '');
  expect(plain).toContain('DTSTART;VALUE=DATE:20260630');
  expect(plain).toContain('DTSTART:20260715T090000Z');
  expect(plain).toContain('SUMMARY:企业向所在市科技局报送纸质材料截止');
  expect(plain.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(plain).not.toContain('20260730');
});

test('a draft is called one', async () => {
  expect((await calendarText(programme('luoyang'))).replaceAll('\r\n ', '')).toContain('征求意见稿');
});

test('is written by need, for its owner only; an older version goes, other files stay', async () => {
  const dir = directory();
  const { path, provide } = calendarFiles(dir, content.programmes);
  const own = path('shanxi-2026');
  await provide(own);
  const first = readFileSync(own, 'utf8');
  expect(statSync(own).mode & 0o777).toBe(0o600);
  expect(statSync(join(dir, 'files')).mode & 0o777).toBe(0o700);
  const older = join(dir, 'files', 'dates-shanxi-2026-0123456789ab.ics');
  const other = join(dir, 'files', 'dates-luoyang-0123456789ab.ics');
  for (const file of [older, other]) writeFileSync(file, 'x');
  rmSync(own);
  await provide(own);
  expect(readFileSync(own, 'utf8')).toBe(first);
  expect(readdirSync(join(dir, 'files')).sort()).toEqual([other, own].map((file) => file.split('/').at(-1)).sort());
  expect(calendarFiles(dir, content.programmes).path('shanxi-2026')).toBe(own);
});

test('no other file is written, whatever a reply names', async () => {
  const dir = directory();
  await calendarFiles(dir, content.programmes).provide(join(dir, 'x.ics'));
  expect(readdirSync(dir)).toEqual([]);
});
