import { describe, expect, test } from 'vitest';
import { findMoney } from '../../src/understanding/index.ts';

/** The amounts of a text, in units of 10,000 yuan; a doubtful one is left out. */
function amounts(text: string): number[] {
  return findMoney(text).flatMap(({ reading }) => (reading.kind === 'read' ? [reading.value / 1_000_000] : []));
}

describe('amounts without anything between them', () => {
  test.each<[string, readonly number[]]>([
    ['4万7万', [4, 7]],
    ['三万九万十五万', [3, 9, 15]],
    ['二十万三十万', [20, 30]],
    ['2w6w', [2, 6]],
    ['4万8千11万', [4.8, 11]],
    ['七万四项', [7]],
    ['8万一共', [8]],
    ['付了6万2025年9月', [6]],
    ['6万3能报', [6.3]],
    ['6万3', [6.3]],
    ['两万四', [2.4]],
    ['12万3千', [12.3]],
    ['千万别交 万一不行', []],
  ])('%s', (text, wanted) => {
    expect(amounts(text)).toEqual(wanted);
  });
});
