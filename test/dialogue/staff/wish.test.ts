import { expect, test } from 'vitest';
import { readMoment } from '../../../src/dialogue/staff/wish.ts';
import { piecesOf, unknownPlaces } from '../../../src/outreach/placeholders.ts';

const NOW = Date.parse('2026-06-23T10:00:00+08:00');

test.each([
  ['明天9点', '2026-06-24T09:00:00+08:00'],
  ['明天上午9点半', '2026-06-24T09:30:00+08:00'],
  ['今天下午3点', '2026-06-23T15:00:00+08:00'],
  ['7月1日 8:30', '2026-07-01T08:30:00+08:00'],
  ['7月1日', '2026-07-01T09:00:00+08:00'],
  ['9点', '2026-06-24T09:00:00+08:00'],
  ['16:05', '2026-06-23T16:05:00+08:00'],
])('%s', (text, instant) => {
  expect(readMoment(text, NOW)).toBe(Date.parse(instant));
});

test.each(['好', '25点', '确认', '30天', ''])('%s is no time', (text) => {
  expect(readMoment(text, NOW)).toBeUndefined();
});

test('placeholders are found in both kinds of brackets, known or not', () => {
  expect(piecesOf('a【企业名称】b{ 剩余天数 }')).toEqual([
    { kind: 'words', text: 'a' },
    { kind: 'place', name: '企业名称' },
    { kind: 'words', text: 'b' },
    { kind: 'place', name: '剩余天数' },
  ]);
  expect(unknownPlaces('【企业名称】【通知】{}【通知】')).toEqual(['通知', '']);
});
