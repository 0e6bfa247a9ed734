import { expect, test } from 'vitest';
import { provenanceFaults, unsupported } from '../support/provenance.ts';

test('numbers, dates, amounts, percentages and names in replies come from a source or from the user', () => {
  expect(provenanceFaults(300, 20_260_623)).toEqual([]);
});

test.each([
  ['太原市科技局 王静 0351-2020988（六(二)）', '0351-2020988'],
  ['太原市科技局 王敬 0351-2020989（六(二)）', '王敬'],
  ['按45%补', '45%'],
  ['截止到2026年8月12日', '2026年8月12日'],
  ['最多能补7,777元', '7,777元'],
])('“%s” is noticed', (reply, fault) => {
  expect(unsupported(reply, '花了18万能补多少')).toContain(fault);
});
