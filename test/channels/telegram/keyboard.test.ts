import { expect, test } from 'vitest';
import { keyboardOf } from '../../../src/channels/telegram/keyboard.ts';

function rows(...labels: string[]): string[][] | undefined {
  const choices = labels.map((label, index) => ({ id: `c${index}`, label }));
  return keyboardOf(choices)?.inline_keyboard.map((row) => row.map(({ text }) => text));
}

test('short labels stand side by side, long ones below each other', () => {
  expect(rows('有', '没有', '清楚')).toEqual([['有', '没有', '清楚']]);
  expect(rows('材料', '截止日期', '资格自测')).toEqual([['材料', '截止日期'], ['资格自测']]);
  expect(rows('科技型中小企业', '创新型中小企业')).toEqual([['科技型中小企业'], ['创新型中小企业']]);
});

test('a label is one line, without half characters, of a length that clients show', () => {
  expect(rows('甲\n乙\ud83d')).toEqual([['甲 乙\ufffd']]);
  expect(rows('长'.repeat(100))?.[0]?.[0]).toHaveLength(60);
});

test('what the platform would refuse is left out; nothing left is no keyboard', () => {
  expect(keyboardOf([{ id: '汉'.repeat(22), label: '好' }])).toBeUndefined();
  expect(keyboardOf([{ id: 'a', label: ' ' }])).toBeUndefined();
  expect(keyboardOf([])).toBeUndefined();
  expect(keyboardOf([{ id: 'a'.repeat(32), label: '好' }])?.inline_keyboard).toEqual([
    [{ text: '好', callback_data: 'a'.repeat(32) }],
  ]);
});
