import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadChecked } from '../../src/content/compile.ts';
import { lintProgramme } from '../../src/content/lint.ts';
import { DataFault } from '../../src/policy/compile.ts';
import { filesOf, NOTICE, source, type Source } from './sample.ts';

type Fault = [string, (from: Source) => void, string, string, RegExp];

const rule = (from: Source, change: object, file: 'conditions' | 'services' = 'conditions', at = 0): void => {
  Object.assign(from[file].rules[at]!, change);
};
const again = (from: Source, change: object): void => {
  from.conditions.rules.push({ ...from.conditions.rules[0]!, ...change });
};
const CATEGORY = 'services[].category';

/** What is wrong, the one change that makes it so, and the file, the path and the words of the fault. */
const FAULTS: Fault[] = [
  [
    'an unknown fact',
    (from) => rule(from, { require: { fact: 'applicant.colour', is: true } }),
    ...['conditions', 'rules[dc.city].require'],
    /unknown fact applicant\.colour/,
  ],
  [
    'an unknown fact in a definition that nothing uses',
    (from) => Object.assign(from.conditions, { define: { idle: { fact: 'applicant.colour', is: true } } }),
    ...['conditions', 'define.idle'],
    /unknown fact/,
  ],
  [
    'a literal outside the values of the fact',
    (from) => rule(from, { require: { fact: CATEGORY, is: 'magic' } }, 'services'),
    ...['services', 'rules[dc.category].require'],
    /magic is no value of services\[\]\.category \(allowed: testing, design, other\)/,
  ],
  [
    'contradictory tests of one fact',
    (from) =>
      rule(from, {
        require: {
          all: [
            { fact: 'applicant.city', is: '东城市' },
            { fact: 'applicant.city', is: '其他' },
          ],
        },
      }),
    ...['conditions', 'rules[dc.city].require'],
    /can never be yes/,
  ],
  [
    'a range that ends before it begins',
    (from) =>
      rule(from, { require: { fact: 'services[].invoice_date', from: '2027-01-01', to: '2026-12-31' } }, 'services', 1),
    ...['services', 'rules[dc.period].require'],
    /can never be yes/,
  ],
  [
    'an alternative that can never hold',
    (from) =>
      rule(
        from,
        {
          require: {
            any: [
              { fact: CATEGORY, is: 'testing' },
              {
                all: [
                  { fact: CATEGORY, is: 'design' },
                  { fact: CATEGORY, is: 'other' },
                ],
              },
            ],
          },
        },
        'services',
      ),
    ...['services', 'rules[dc.category].require.any[1]'],
    /can never be yes/,
  ],
  [
    'an alternative equal to an earlier one',
    (from) =>
      rule(
        from,
        {
          require: {
            any: [
              { fact: CATEGORY, is: 'design' },
              { fact: CATEGORY, in: ['design'] },
            ],
          },
        },
        'services',
      ),
    ...['services', 'rules[dc.category].require.any[1]'],
    /already covered by any\[0\]/,
  ],
  [
    'an alternative implied by an earlier one',
    (from) =>
      rule(
        from,
        {
          require: {
            any: [
              { fact: 'services[].invoice_date', from: '2026-01-01' },
              { fact: 'services[].invoice_date', from: '2026-03-01', to: '2026-12-31' },
            ],
          },
        },
        'services',
        1,
      ),
    ...['services', 'rules[dc.period].require.any[1]'],
    /already covered/,
  ],
  [
    'a rule that nobody can fail',
    (from) =>
      rule(
        from,
        { require: { any: [{ fact: CATEGORY, is: 'design' }, { not: { fact: CATEGORY, is: 'design' } }] } },
        'services',
      ),
    ...['services', 'rules[dc.category].require'],
    /can never be no/,
  ],
  [
    'a moved date that can never be reached',
    (from) =>
      rule(from, {
        require: {
          all: [
            { fact: 'applicant.banned_on', plus_years: 3, below: { fact: 'today' } },
            { fact: 'applicant.banned_on', above: { fact: 'today' } },
          ],
        },
      }),
    ...['conditions', 'rules[dc.city].require'],
    /can never be yes/,
  ],
  [
    'a clause that is not listed',
    (from) => rule(from, { clause: '第九条' }),
    ...['conditions', 'rules[dc.city].clause'],
    /clause 第九条 is not listed/,
  ],
  [
    'a quote that is not in the notice',
    (from) => rule(from, { quote: '在西城市注册' }),
    ...['conditions', 'rules[dc.city].quote'],
    /the quote is not in the notice/,
  ],
  [
    'a clause beside a warning that is not listed',
    (from) => Object.assign(from.warnings.warnings[0]!, { clause: '第三条、第九条' }),
    ...['warnings', 'warnings[AMOUNT_IS_CEILING].clause'],
    /clause 第九条/,
  ],
  [
    'a fact without question',
    (from) => void from.questions.bundles[0]!.parts[0]!.shift(),
    ...['conditions', 'rules[dc.credit].require'],
    /there is no question for applicant\.credit_good/,
  ],
  [
    'a receipt without question',
    (from) => {
      from.questions.questions.pop();
      from.questions.order.amount = [];
    },
    ...['subsidy', 'receipts[0]'],
    /there is no question for received_yuan/,
  ],
  ['a rule id given twice', (from) => again(from, {}), ...['conditions', 'rules[dc.city]'], /given twice/],
  [
    'a gap between versions',
    (from) => {
      rule(from, { in_force: { from: null, to: '2026-05-31' } });
      again(from, { in_force: { from: '2026-06-02', to: null } });
    },
    ...['conditions', 'rules[dc.city].in_force'],
    /leaves a gap after 2026-05-31/,
  ],
  [
    'an overlap of versions',
    (from) => {
      rule(from, { in_force: { from: null, to: '2026-05-31' } });
      again(from, { in_force: { from: '2026-05-31', to: null } });
    },
    ...['conditions', 'rules[dc.city].in_force'],
    /overlaps/,
  ],
  [
    'a warning code given twice',
    (from) => Object.assign(from.warnings.warnings[1]!, { code: 'AMOUNT_IS_CEILING' }),
    ...['warnings', 'warnings[AMOUNT_IS_CEILING]'],
    /given twice/,
  ],
  [
    'a reading that the programme does not have',
    (from) => rule(from, { reading: 'DC-A09' }),
    ...['conditions', 'rules[dc.city].reading'],
    /reading DC-A09 is not listed/,
  ],
  [
    'an open point that the programme does not have',
    (from) => rule(from, { require: { any: [{ fact: CATEGORY, is: 'testing' }, { open: 'DC-A09' }] } }, 'services'),
    ...['services', 'rules[dc.category].require.any[1].open'],
    /reading DC-A09/,
  ],
  [
    'a group that the directory does not have',
    (from) => rule(from, { refer: 'ministry' }),
    ...['conditions', 'rules[dc.city].refer'],
    /group ministry is not listed in contacts\.yaml/,
  ],
  [
    'a paper that nobody can have in hand',
    (from) => Object.assign(from.documents.sets[0]!.items[1]!, { id: 'dc_photo' }),
    ...['documents', 'sets[dc_papers].items[dc_photo]'],
    /no member of documents_in_hand/,
  ],
  [
    'a choice that sets an unknown fact',
    (from) => Object.assign(from.questions.questions[0]!.choices[0]!, { sets: { 'applicant.colour': true } }),
    ...['questions', 'questions[applicant.city].choices[here].sets'],
    /unknown fact applicant\.colour/,
  ],
  [
    'a choice that sets an unknown value',
    (from) => Object.assign(from.questions.questions[0]!.choices[0]!, { sets: { [CATEGORY]: 'magic' } }),
    ...['questions', 'questions[applicant.city].choices[here].sets'],
    /magic is no value of services\[\]\.category/,
  ],
  [
    'a bundle item with a value that its fact does not have',
    (from) => Object.assign(from.questions.bundles[0]!.parts[0]![0]!, { value: 'yes' }),
    ...['questions', 'bundles[basics].parts[0][0].value'],
    /yes is no value of applicant\.credit_good/,
  ],
  [
    'an amount in free text that is taken for a date',
    (from) => Object.assign(from.questions.free, { money: 'services[].invoice_date' }),
    ...['questions', 'free.money'],
    /no fact of the type money/,
  ],
  [
    'a fact that is asked at an unknown occasion',
    (from) =>
      Object.assign(from.questions, {
        ask_when: [{ fact: 'received_yuan', when: { fact: 'applicant.colour', is: true } }],
      }),
    ...['questions', 'ask_when[0].when'],
    /unknown fact applicant\.colour/,
  ],
  [
    'an order entry that names nothing',
    (from) => from.questions.order.applicant.push('bundle:extras'),
    ...['questions', 'order.applicant[2]'],
    /no question and no bundle/,
  ],
  [
    'a table of states with an end',
    (from) => Object.assign(from.timeline.states[0]!.rows[1]!, { until: '2027-01-01T00:00:00+08:00' }),
    ...['timeline', 'states[0].rows[1]'],
    /must have no end/,
  ],
  [
    'a state that is never reached',
    (from) => void from.timeline.states[0]!.rows.push({ state: 'late', label: '逾期', clause: '第四条' }),
    ...['timeline', 'states[0].rows[2]'],
    /never reached/,
  ],
  [
    'a test of a state that does not exist',
    (from) => Object.assign(from.warnings.warnings[1]!, { when: { fact: 'result.deadline_state', is: 'shut' } }),
    ...['warnings', 'warnings[WINDOW_CLOSED].when'],
    /shut is no state/,
  ],
  [
    'an example that does not hold',
    (from) => rule(from, { examples: [{ given: { 'applicant.city': '东城市' }, outcome: 'no' }] }),
    ...['conditions', 'rules[dc.city].examples[0]'],
    /comes out as yes .* expected is no/,
  ],
  [
    'an example that holds only at some time, and does not say when',
    (from) =>
      rule(
        from,
        {
          examples: [{ given: { 'applicant.credit_good': true, 'applicant.banned_on': '2024-01-01' }, outcome: 'no' }],
        },
        'conditions',
        1,
      ),
    ...['conditions', 'rules[dc.credit].examples[0]'],
    /comes out as yes at 2100/,
  ],
] as Fault[];

function faultOf(from: Source): DataFault | undefined {
  try {
    lintProgramme(filesOf(from), NOTICE);
    return undefined;
  } catch (error) {
    if (error instanceof DataFault) return error;
    throw error;
  }
}

describe('a programme', () => {
  it('passes as it is', () => {
    expect(faultOf(source())).toBeUndefined();
  });

  it.each(FAULTS)('is refused for %s', (_what, change, file, at, message) => {
    const from = source();
    change(from);
    const fault = faultOf(from);
    expect([fault?.file, fault?.path]).toEqual([`programmes/dongcheng/${file}.yaml`, at]);
    expect(fault?.message).toMatch(message);
  });

  it('may list a fact as not asked, with the reason', () => {
    const from = source();
    from.questions.bundles[0]!.parts[0]!.shift();
    Object.assign(from.questions, { not_asked: { 'applicant.credit_good': '由主管部门查询。' } });
    expect(faultOf(from)).toBeUndefined();
  });

  it('may demand of different services what one service cannot have together', () => {
    const from = source();
    const some = (category: string) => ({ some: { fact: CATEGORY, is: category } });
    Object.assign(from.warnings.warnings[0]!, { when: { all: [some('testing'), some('design')] } });
    expect(faultOf(from)).toBeUndefined();
  });

  it('may have versions of a rule that follow day by day', () => {
    const from = source();
    rule(from, { in_force: { from: null, to: '2026-05-31' } });
    again(from, { in_force: { from: '2026-06-01', to: null } });
    expect(faultOf(from)).toBeUndefined();
  });
});

it('everything that ships passes', () => {
  const content = loadChecked(path.resolve(import.meta.dirname, '../../data'));
  expect(content.programmes.map((files) => files.programme.id)).toEqual(['luoyang', 'shanxi-2026']);
});
