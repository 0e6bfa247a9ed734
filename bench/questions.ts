import { performance } from 'node:perf_hooks';
import { advance, NEW_CHAT } from '../src/dialogue/index.ts';
import type { Figure } from './figure.ts';
import { loadKit } from './kit.ts';
import type { Place } from './place.ts';

const NOW = Date.parse('2026-06-23T10:00:00+08:00');
const ROUNDS = 4;
const LONGEST = 4_096;

/** Messages made to be slow to read: long runs of whatever a reader of numbers, dates or words begins with. */
function hostile(): string[] {
  const seeds = [
    '1',
    '1万',
    '2025年',
    '十',
    '发票',
    '能补多少',
    '?',
    '电话',
    '太原',
    '1.',
    '1-',
    '不',
    '.',
    '7月15',
    '花了1',
    ' ',
    'a1',
    '票1月',
    '人',
    '一百人',
    '5年5月5日',
    '@',
    'a@',
    '券',
    '？能补',
  ];
  return seeds.map((seed) => seed.repeat(LONGEST).slice(0, LONGEST));
}

/** The value below which this share of the sorted values lies. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Free questions: every way of asking that the data knows, and messages made to be slow. */
export async function run(place: Place): Promise<Figure[]> {
  const kit = await loadKit(place);
  const time = (text: string, programme: string): number => {
    const state = { ...NEW_CHAT, programme };
    const start = performance.now();
    advance(kit, state, { kind: 'text', text }, NOW, 'enterprise');
    return performance.now() - start;
  };
  const guides = [...kit.guides.values()];
  const first = time('花了18万能补多少', guides[0]?.files.programme.id ?? '');
  const firstPassage = time('文件里写的绩效评价是怎么做的呀', guides[0]?.files.programme.id ?? '');
  const asked: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { files } of guides)
      for (const { asks } of files.answers.answers)
        for (const ask of asks) {
          const took = time(ask, files.programme.id);
          if (round > 0) asked.push(took);
        }
  asked.sort((a, b) => a - b);
  const slow = hostile().map((text) => {
    const took = Math.min(...[0, 1, 2].map(() => time(text, guides[0]?.files.programme.id ?? '')));
    return { text: text.slice(0, 8), took };
  });
  const worst = slow.reduce((a, b) => (b.took > a.took ? b : a));
  return [
    { name: 'a free question, p50', value: quantile(asked, 0.5), unit: 'ms' },
    { name: 'a free question, p99', value: quantile(asked, 0.99), unit: 'ms', atMost: 5 },
    { name: 'a free question, worst', value: asked.at(-1) ?? 0, unit: 'ms' },
    { name: `${LONGEST} hostile characters (${worst.text}…), worst`, value: worst.took, unit: 'ms', atMost: 20 },
    { name: 'the first free question, with its index', value: first, unit: 'ms' },
    { name: 'the first look into the notice', value: firstPassage, unit: 'ms' },
  ];
}
