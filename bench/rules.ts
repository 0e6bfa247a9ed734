import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openContent } from '../src/content/open.ts';
import { compileContent } from '../src/content/programmes.ts';
import { assess } from '../src/policy/assess.ts';
import { readFacts } from '../src/policy/border.ts';
import { check } from '../src/policy/check.ts';
import type { Figure } from './figure.ts';
import { inTurn } from './measure.ts';
import type { Place } from './place.ts';

const ROUNDS = 7;
const TIMES = 150;

/** One line of the worked cases, as the quick check takes it. */
interface CaseLine {
  readonly program: string;
  readonly now: string;
  readonly facts: unknown;
}

/** The lines of the worked cases. */
export function caseLines({ root }: Place): CaseLine[] {
  const text = readFileSync(join(root, 'test/policy/cases.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CaseLine);
}

/** Judging alone, over the worked cases: eligibility with its reasons, and the whole result beside it. */
export async function run(place: Place): Promise<Figure[]> {
  const content = await openContent(join(place.root, 'data'), join(place.root, 'dist/data.json'));
  const programmes = new Map(compileContent(content).map((programme) => [programme.id, programme]));
  const cases = caseLines(place).map(({ program, now, facts }) => {
    const programme = programmes.get(program);
    if (!programme) throw new Error(`there is no programme ${program}`);
    return { programme, facts: readFacts(facts, programme.vocabulary), now: Date.parse(now) };
  });
  const over = (judge: (one: (typeof cases)[number]) => object) => (): number => {
    for (let time = 0; time < TIMES; time += 1) cases.forEach(judge);
    return TIMES * cases.length;
  };
  const rounds = await inTurn(
    {
      assess: over(({ programme, facts, now }) => assess(programme, facts, now)),
      check: over(({ programme, facts, now }) => check(programme, facts, now)),
    },
    ROUNDS,
  );
  return [
    { name: 'assess()', value: rounds.assess.perSecond, unit: 'cases/s', atLeast: 20_000 },
    { name: 'assess(), by processor time', value: rounds.assess.perCpuSecond, unit: 'cases/s' },
    { name: 'check(), all keys of the result', value: rounds.check.perSecond, unit: 'cases/s' },
    { name: 'check(), by processor time', value: rounds.check.perCpuSecond, unit: 'cases/s' },
  ];
}
