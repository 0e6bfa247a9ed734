import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ProgrammeFiles } from '../../src/policy/compile.ts';
import * as schemas from '../../src/policy/programme.ts';

/** A small programme of an invented city, as its YAML files would be parsed. Tests change one thing in it. */

export const NOTICE = `# 东城市科技创新券办法

第一条 在东城市注册的企业可以申请，信用记录良好。
第二条 支持检测和设计服务，发票日期在2026年1月1日至2026年12月31日期间。
第三条 按实际支付费用的20%补助，每年最高3万元。
第四条 申请截止时间为2026年11月30日17:00。
`;

const says = { pass: '符合。', fail: '不符合。', open: '还不确定。' };

export type Source = ReturnType<typeof source>;

/** A fresh copy: whatever a test does to it, the next one starts anew. */
export function source() {
  return {
    programme: {
      id: 'dongcheng',
      name: '东城市科技创新券',
      short: '东城',
      title: '东城市科技创新券办法',
      issuer: '东城市科技局',
      status: 'in_force',
      status_says: '依据的是办法原文。',
      in_force: { from: null, to: null },
      authority: '东城市科技局',
      says: ['东城'],
      examples: { city: '某市', sentence: '我们是某市的企业' },
      city_fact: 'applicant.city',
      clauses: ['第一条', '第二条', '第三条', '第四条'],
      readings: { 'DC-A01': { point: '“等”的范围', conservative: '待定', refer: 'bureau' } },
    },
    facts: {
      facts: {
        'applicant.city': { type: 'choice', label: '所在市', open: true, values: { 东城市: '东城市', 其他: '其他' } },
        'applicant.credit_good': { type: 'bool', label: '信用良好' },
        'applicant.banned_on': { type: 'date', label: '处理日期', negative_event: true },
        'services[].category': {
          type: 'choice',
          label: '服务类别',
          values: { testing: '检测', design: '设计', other: '其他' },
        },
        'services[].invoice_date': { type: 'date', label: '发票日期' },
        'services[].paid_yuan': { type: 'money', label: '实际支付' },
        received_yuan: { type: 'money', label: '本年度已获' },
      },
      lists: { documents_in_hand: { label: '材料', members: { dc_form: '申请表', dc_invoice: '发票' } } },
    },
    conditions: {
      rules: [
        {
          id: 'dc.city',
          clause: '第一条',
          quote: '在东城市注册的企业可以申请',
          covers: ['DC-R001'],
          binds: ['enterprise'],
          require: { fact: 'applicant.city', is: '东城市' },
          says,
          refer: 'bureau',
          examples: [{ given: { 'applicant.city': '其他' } as object, outcome: 'no' }],
        },
        {
          id: 'dc.credit',
          clause: '第一条',
          quote: '信用记录良好',
          covers: ['DC-R002'],
          binds: ['enterprise'],
          require: {
            all: [
              { fact: 'applicant.credit_good', is: true },
              {
                any: [
                  { fact: 'applicant.banned_on', known: false },
                  { fact: 'applicant.banned_on', plus_years: 3, below: { fact: 'today' } },
                ],
              },
            ],
          },
          says,
          examples: [{ given: { 'applicant.credit_good': true }, outcome: 'yes' }],
        },
      ] as Record<string, unknown>[],
    },
    services: {
      needed: { when: { fact: 'today', known: true }, clause: '第二条', says: '还没有服务。' },
      rules: [
        {
          id: 'dc.category',
          clause: '第二条',
          quote: '支持检测和设计服务',
          covers: ['DC-R003'],
          binds: ['enterprise'],
          reading: 'DC-A01',
          require: {
            any: [
              { fact: 'services[].category', in: ['testing', 'design'] },
              { all: [{ fact: 'services[].category', is: 'other' }, { open: 'DC-A01' }] },
            ],
          },
          says,
          examples: [{ given: { 'services[0].category': 'other' }, outcome: 'unknown' }],
        },
        {
          id: 'dc.period',
          clause: '第二条',
          quote: '发票日期在2026年1月1日至2026年12月31日期间',
          covers: ['DC-R003'],
          binds: ['enterprise'],
          require: { fact: 'services[].invoice_date', from: '2026-01-01', to: '2026-12-31' },
          says,
          examples: [{ given: { 'services[0].invoice_date': '2026-12-31' }, outcome: 'yes' }],
        },
      ] as Record<string, unknown>[],
    },
    subsidy: {
      lines: [
        {
          id: 'services',
          label: '服务费用',
          clause: '第三条',
          quote: '按实际支付费用的20%补助',
          base: [{ fact: 'services[].paid_yuan' }],
          rates: [{ rate: '0.20', label: '20%', clause: '第三条', quote: '20%' }],
        },
      ],
      caps: [{ amount: 30000, label: '最高3万元', clause: '第三条', quote: '每年最高3万元' }],
      receipts: [{ fact: 'received_yuan' }],
    },
    documents: {
      sets: [
        {
          id: 'dc_papers',
          name: '申请材料',
          clause: '第四条',
          for: 'applicant',
          checked: true,
          items: [
            { id: 'dc_form', name: '申请表', clause: '第四条' },
            { id: 'dc_invoice', name: '发票', clause: '第四条' },
          ],
        },
      ],
    },
    timeline: {
      states: [
        {
          rows: [
            { state: 'open', until: '2026-11-30T17:00:00+08:00', label: '可以申请', clause: '第四条' },
            { state: 'closed', label: '已截止', clause: '第四条' },
          ] as Record<string, unknown>[],
        },
      ],
      closed: ['closed'],
      entries: [
        {
          id: 'dc_deadline',
          kind: 'deadline',
          clause: '第四条',
          quote: '申请截止时间为2026年11月30日17:00',
          label: '申请截止',
          at: '2026-11-30T17:00:00+08:00',
          deadline_for: ['applicant'],
        },
      ],
    },
    procedure: { machines: [] as object[] },
    contacts: {
      groups: { bureau: { label: '市科技局', purpose: '受理', clause: '第一条' } },
      entries: [
        {
          id: 'dc_bureau',
          group: 'bureau',
          clause: '第一条',
          kind: 'telephone',
          organisation: '东城市科技局',
          phones: [{ original: '010-1234567', dial: '010-1234567' }],
          original: '东城市科技局 010-1234567',
          serves: ['东城市'],
        },
      ],
      hand_in: { text: '报送市科技局。', clause: '第四条', group: 'bureau' },
    },
    warnings: {
      warnings: [
        {
          code: 'AMOUNT_IS_CEILING',
          when: { fact: 'result.conditional_estimate_yuan', above: '0' },
          text: '这是最高额，以审核为准。',
          clause: '第三条',
          prominent: true,
        },
        {
          code: 'WINDOW_CLOSED',
          when: { fact: 'result.deadline_state', is: 'closed' },
          text: '已截止。',
          clause: '第四条',
        },
      ] as Record<string, unknown>[],
    },
    questions: {
      questions: [
        {
          facts: ['applicant.city'],
          kind: 'choice',
          ask: '在哪个市注册？',
          why: '须在东城市注册。',
          clause: '第一条',
          choices: [
            { id: 'here', label: '东城市', sets: { 'applicant.city': '东城市' } as object },
            { id: 'elsewhere', label: '其他', sets: { 'applicant.city': '其他' } as object },
          ],
        },
        ...['services[].category', 'services[].invoice_date', 'services[].paid_yuan', 'received_yuan'].map((fact) => ({
          facts: [fact],
          kind: 'text',
          ask: '请说明。',
          why: '测算需要。',
          clause: '第二条',
          choices: [],
        })),
      ],
      bundles: [
        {
          id: 'basics',
          ask: '以下都符合吗？',
          all_true: '都符合',
          some_not: '有不符合的',
          why: '基本条件。',
          parts: [
            [
              { fact: 'applicant.credit_good', value: true, text: '信用良好' } as Record<string, unknown>,
              { fact: 'applicant.banned_on', value: false, text: '没有被处理过' } as Record<string, unknown>,
            ],
          ],
        },
      ],
      order: {
        applicant: ['applicant.city', 'bundle:basics'],
        service: ['services[].category', 'services[].invoice_date', 'services[].paid_yuan'],
        amount: ['received_yuan'],
      },
      free: {
        place: [{ fact: 'applicant.city', city: true }],
        money: 'services[].paid_yuan',
        date: 'services[].invoice_date',
      },
    },
  };
}

/** The source as validated files. */
export function filesOf(from: Source): ProgrammeFiles {
  return {
    programme: schemas.programmeFileSchema.parse(from.programme),
    facts: schemas.factsFileSchema.parse(from.facts),
    conditions: schemas.conditionsFileSchema.parse(from.conditions),
    services: schemas.servicesFileSchema.parse(from.services),
    subsidy: schemas.subsidyFileSchema.parse(from.subsidy),
    documents: schemas.documentsFileSchema.parse(from.documents),
    timeline: schemas.timelineFileSchema.parse(from.timeline),
    procedure: schemas.procedureFileSchema.parse(from.procedure),
    contacts: schemas.contactsFileSchema.parse(from.contacts),
    warnings: schemas.warningsFileSchema.parse(from.warnings),
    questions: schemas.questionsFileSchema.parse(from.questions),
    answers: schemas.answersFileSchema.parse({}),
    free: schemas.freeFileSchema.parse({}),
  };
}

/** The files that belong to no programme, as small as they may be. */
const SHARED = {
  'places/east.yaml': { source: '地图', note: '样例', places: [{ name: '甲省', kind: 'province', province: '甲省' }] },
  'standards/sme-2017.yaml': {
    id: 'sme',
    title: '划型',
    document_no: '213',
    rule: '取低',
    says: '仅供参考。',
    sources: { a: '原文' },
    not_verified: [],
    rows: [
      {
        no: 1,
        industry: '工业',
        scope: '全部',
        says: ['制造'],
        indicators: { employees: { small: 20, medium: 300, large: 1000 } },
        verified_by: ['a'],
      },
    ],
    examples: [{ industry: '工业', given: { employees: 10 }, size: 'micro' }],
  },
  'bureau.yaml': {
    invite_hours: 72,
    bind: { window_minutes: 60, per_chat: 5, overall: 50 },
    broadcast: {
      ...{ undo_seconds: 120, approval_from: 200, text_limit: 1000, samples: 3, page: 200 },
      ...{ call_shown: 20, listed: 10 },
    },
    enterprises_shown: 20,
    questions_kept: 1000,
  },
  'lexicon/calendar.yaml': { source: '公告', read_at: ['原文'], published_years: [2026], holidays: [], workdays: [] },
};

/** Writes a data folder with this one programme into a fresh temporary folder and returns its path. */
export function writeData(from: Source = source()): string {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), 'voucher-')), 'data');
  const folder = `programmes/${from.programme.id}`;
  const files: Record<string, object> = { ...SHARED };
  for (const [name, content] of Object.entries(from)) files[`${folder}/${name}.yaml`] = content;
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), stringify(content, { aliasDuplicateObjects: false }));
  }
  writeFileSync(path.join(dir, folder, 'notice.md'), NOTICE);
  return dir;
}
