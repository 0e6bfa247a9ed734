import { describe, expect, it } from 'vitest';
import { findDates, findMoney, normalise, readServiceLines, sayFen } from '../../src/understanding/index.ts';
import { TODAY } from './readings.table.ts';

const amounts = (text: string): (number | string)[] =>
  findMoney(text).map(({ reading }) => (reading.kind === 'read' ? reading.value / 100 : reading.kind));

const dates = (text: string): string[] =>
  findDates(text, TODAY).map(({ reading, span }) => {
    const value = reading.kind === 'doubtful' ? '?' : 'value' in reading ? reading.value : reading.kind;
    return `${normalise(text).slice(...span)}=${value}`;
  });

describe('amounts in a sentence', () => {
  it.each<[string, (number | string)[]]>([
    ['2025年3月5日我们60人花了18万，占30%，电话13812345678，发票号12345678，另外服务费5000元', [180000, 5000]],
    ['费用3千，金额：4500', [3000, 4500]],
    ['支付2025年的费用', []],
    ['我们3万人，5万平米，功率5千瓦', []],
    ['千万不要，十分感谢，一块儿去，万一呢', []],
    ['0351-1234567', []],
    ['晋科函〔2026〕20号', []],
    ['IP 10.1.2.3，版本1.2.3元', []],
    ['1,23万', []],
    ['又付了2万美元', ['rejected']],
    ['大概三五万', ['doubtful']],
    ['20万元-30万元之间', [200000, 300000]],
    ['2025.7.1 500元', [500]],
  ])('%s', (text, expected) => expect(amounts(text)).toEqual(expected));

  it('are said in 万元 when that is short, else in yuan', () => {
    expect([18_500_000, 18_550, 100_000, 123_456_700, 1_000_000_000_000].map(sayFen)).toEqual([
      '18.5万元',
      '185.50元',
      '1,000元',
      '1,234,567元',
      '100亿元',
    ]);
  });
});

describe('dates in a sentence', () => {
  it.each<[string, string[]]>([
    [
      '合同2025年7月1日签，去年12月3号开票，昨天付的款',
      ['2025年7月1日=2025-07-01', '去年12月3号=2025-12-03', '昨天=2026-06-22'],
    ],
    ['晋科函〔2026〕20号，3号楼，60号人，v12.3，第5号', []],
    ['2025年度审计报告', ['2025年度=2025']],
    ['30日内办完，十年内有效，一周五天', []],
    ['15号开的', ['15号=?']],
    ['电话13812345678，编号20251345', []],
    ['2025.2.30开的', ['2025.2.30=rejected']],
  ])('%s', (text, expected) => expect(dates(text)).toEqual(expected));
});

describe('a pasted list of services', () => {
  const read = (text: string): unknown[] =>
    readServiceLines(text, TODAY).map(({ date, money, rest }) => [
      date?.kind === 'read' ? date.value : date?.kind,
      money?.kind === 'read' ? money.value / 100 : money?.kind,
      rest,
    ]);
  const two = [
    ['2025-08-03', 50000, '甲大学'],
    ['2025-09-01', 32000, '乙检测所'],
  ];

  it.each([
    ['lines', '2025.8.3 5万 甲大学\n去年9月1号，32000元，乙检测所'],
    ['slashes', '2025.8.3 5万 甲大学 / 去年9月1号，32000元，乙检测所'],
    ['semicolons', '2025.8.3 5万 甲大学；去年9月1号，32000元，乙检测所'],
    ['numbering', '1. 2025.8.3 5万 甲大学\n2、去年9月1号 3万2 乙检测所'],
    ['tight numbering', '1.2025.8.3 5万 甲大学\n2.2025.9.1 3.2万 乙检测所'],
    ['circled numbering', '①2025.8.3 5万 甲大学\n②2025.9.1 3.2万 乙检测所'],
    ['other order', '甲大学 5万元 2025年8月3日\n乙检测所 32000元 2025年9月1日'],
    ['table', '日期\t金额（元）\t机构\n2025-08-03\t50000\t甲大学\n2025-09-01\t32,000.00\t乙检测所'],
    ['table in 万元', '日期\t金额(万元)\t机构\n2025-08-03\t5\t甲大学\n2025-09-01\t3.2\t乙检测所\n合计\t8.2'],
    ['row numbers', '1\t2025-08-03\t50000\t甲大学\n2\t2025-09-01\t32000\t乙检测所'],
    [
      'bars',
      '| 日期 | 金额 | 机构 |\n|---|---|---|\n| 2025-08-03 | 50000 | 甲大学 |\n| 2025-09-01 | 32000 | 乙检测所 |',
    ],
    ['greeting', '你好，一共两笔：\n8.3 5万 甲大学\n9.1 3.2万 乙检测所\n谢谢'],
  ])('with %s', (_name, text) => expect(read(text)).toEqual(two));

  it('keeps what is wrong or missing in a line visible', () => {
    expect(read('2025.2.30 5万 甲\n去年8月 2万美元 乙\n2025.9.1 丙')).toEqual([
      ['rejected', 50000, '甲'],
      ['month', 'rejected', '乙'],
      ['2025-09-01', undefined, '丙'],
    ]);
  });

  it.each(['', '你好\n我想问\n怎么办', '2025年8月3日检测费3千5', '2025.8.3 5万 甲大学'])('is not %j', (text) => {
    expect(read(text)).toEqual([]);
  });
});
