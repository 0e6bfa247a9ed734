import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, renderReply, wrapText } from '../../src/channels/layout.ts';

describe('layout', () => {
  test.each([
    ['abc', 3],
    ['科技创新券', 10],
    ['10万元，', 8],
    ['é', 1],
    ['😀', 2],
    ['“好”…', 8],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('a line does not begin with a closing mark, nor end with an opening one', () => {
    expect(wrapText('一二三四五，六七', 10)).toEqual(['一二三四', '五，六七']);
    expect(wrapText('一二三四（五六）', 10)).toEqual(['一二三四', '（五六）']);
  });

  test('words and numbers stay whole; only what is longer than a line is cut', () => {
    expect(wrapText('金额是 2000000 元整', 12)).toEqual(['金额是', '2000000 元整']);
    expect(wrapText('aaaaaaaaaaaa', 5)).toEqual(['aaaaa', 'aaaaa', 'aa']);
  });

  test('line feeds are kept, and empty lines', () => {
    expect(wrapText('一\n\n二', 10)).toEqual(['一', '', '二']);
  });

  test('choices are numbered, and go on under their words', () => {
    const choices = [
      { id: 'a', label: '都符合' },
      { id: 'b', label: '有一项不符合或者不清楚的' },
    ];
    expect(renderReply({ text: '符合吗？', choices }, 16)).toBe(
      '符合吗？\n 1 都符合\n 2 有一项不符合\n   或者不清楚的',
    );
  });

  test('a file is shown with its place', () => {
    const file = { path: '/tmp/a.ics', name: '提醒.ics', mime: 'text/calendar' };
    expect(renderReply({ text: '好', file }, 80)).toBe('好\n[提醒.ics] /tmp/a.ics');
  });

  test('no line is wider than allowed, and nothing but blanks is lost', () => {
    const text = fc.string({
      unit: fc.constantFrom('科', '券', '，', '（', '。', 'a', '7', ' ', '\n', '“'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 6, max: 80 }), (given, width) => {
        const lines = wrapText(given, width);
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''));
      }),
    );
  });
});
