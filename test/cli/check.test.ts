import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runCheck } from '../../src/cli/check/run.ts';
import type { Io } from '../../src/cli/io.ts';
import { source, writeData } from '../content/sample.ts';

const NOW = Date.parse('2026-06-01T10:00:00+08:00');
const DATA = writeData();
const GOOD = {
  applicant: { city: '东城市', credit_good: true },
  services: [{ category: 'testing', invoice_date: '2026-03-01', paid_yuan: 100000 }],
  received_yuan: 0,
  documents_in_hand: ['dc_form'],
};

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(argv: readonly string[], input: string | Readable = '', more: Partial<Io> = {}): Promise<Run> {
  const out = new PassThrough({ highWaterMark: 1 << 24 });
  const err = new PassThrough();
  const stdin = typeof input === 'string' ? Readable.from([Buffer.from(input)]) : input;
  const io: Io = { stdin, stdout: out, stderr: err, isTerminal: false, now: () => NOW, here: DATA, ...more };
  const code = await runCheck(['--data', DATA, ...argv], io);
  const textOf = (stream: PassThrough): string => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, out: textOf(out), err: textOf(err) };
}

const envelope = (more: object = {}): string =>
  JSON.stringify({ id: 'a', program: 'dongcheng', now: '2026-06-01T10:00:00+08:00', facts: GOOD, ...more });

function file(name: string, text: string): string {
  const place = path.join(mkdtempSync(path.join(tmpdir(), 'check-')), name);
  writeFileSync(place, text);
  return place;
}

/** The answers of `--jsonl`, parsed. */
async function lines(input: string | Readable): Promise<Record<string, unknown>[]> {
  const { out, code } = await run(['--jsonl'], input);
  expect(code).toBe(0);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('check --jsonl', () => {
  it('answers each line with every key, in order', async () => {
    const [first, second] = await lines(`${envelope()}\n${envelope({ id: 2 })}\n`);
    expect(Object.keys(first!).slice(0, 4)).toEqual(['id', 'program', 'now', 'eligibility']);
    expect(first).toMatchObject({ id: 'a', program: 'dongcheng', eligibility: 'eligible', estimate_yuan: 20000 });
    expect(first).toMatchObject({ missing_documents: ['dc_invoice'], deadline_state: 'open' });
    expect(second?.id).toBe(2);
  });

  it('goes on after lines that are wrong', async () => {
    const bad = ['not json', '', '[]', '{"id":"b","program":"atlantis","facts":{}}', '{"id":{},"program":"dongcheng"}'];
    const answers = await lines([...bad, envelope()].join('\n'));
    expect(answers.map((one) => one.id)).toEqual([null, null, null, 'b', null, 'a']);
    const paths = answers.slice(0, 5).map((one) => (one.error as { path: string }).path);
    expect(paths).toEqual(['', '', '', 'program', 'id']);
  });

  it.each([
    ['a fact outside the vocabulary', { facts: { applicant: { colour: 1 } } }, 'facts.applicant.colour'],
    ['a value outside the vocabulary', { facts: { services: [{ category: 'magic' }] } }, 'facts.services[0].category'],
    ['a wrong date', { facts: { services: [{}, { invoice_date: '2026-02-30' }] } }, 'facts.services[1].invoice_date'],
    [
      'a paper by the name of an inherited property',
      { facts: { documents_in_hand: ['constructor'] } },
      'facts.documents_in_hand[0]',
    ],
    ['an unknown key', { expect: {} }, 'expect'],
    ['facts that are no object', { facts: [] }, 'facts'],
    ['an instant without offset', { now: '2026-06-01T10:00:00' }, 'now'],
    ['a programme that is no text', { program: 7 }, 'program'],
  ])('names the path of %s', async (_what, more, where) => {
    const [answer] = await lines(envelope(more));
    expect(answer).toEqual({
      id: 'a',
      error: { path: where, message: expect.stringMatching(/\p{Script=Han}/u) as string },
    });
  });

  it.each([
    ['100000.10', 20000.02],
    ['0.1', 0.02],
    ['1e5', undefined],
    ['1.005', undefined],
    ['-1', undefined],
    ['"100"', undefined],
  ])('takes the amount %s as its decimal text', async (amount, expected) => {
    const [answer] = await lines(envelope().replace('"paid_yuan":100000', `"paid_yuan":${amount}`));
    if (expected === undefined) expect(answer).toMatchObject({ error: { path: 'facts.services[0].paid_yuan' } });
    else expect(answer?.estimate_yuan).toBe(expected);
  });

  it('takes keys of the language for ordinary unknown keys', async () => {
    const [answer] = await lines(envelope().replace('"id":"a"', '"id":"a","__proto__":{"x":1}'));
    expect(answer).toMatchObject({ error: { path: '__proto__' } });
  });

  it('takes the clock when a line has no instant', async () => {
    const [answer] = await lines(JSON.stringify({ program: 'dongcheng', facts: GOOD }));
    expect(answer).toMatchObject({ id: null, now: new Date(NOW).toISOString() });
  });

  it('reads lines across chunks, with characters cut in two and separators inside text', async () => {
    const text = `${envelope({ id: '甲\u2028乙' })}\r\n${envelope({ id: '丙' })}`;
    const bytes = Buffer.from(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => bytes.subarray(i * 7, i * 7 + 7));
    expect((await lines(Readable.from(chunks))).map((one) => one.id)).toEqual(['甲\u2028乙', '丙']);
  });

  it('reads no faster than its answers are taken', async () => {
    let produced = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          produced += 1;
          yield Buffer.from(`${envelope({ id: produced })}\n`);
        }
      })(),
      { objectMode: false, highWaterMark: 1024 },
    );
    const stdout = new PassThrough({ highWaterMark: 4096 });
    const running = run(['--jsonl'], endless, { stdout });
    await new Promise((resolve) => stdout.once('readable', resolve));
    const settled = produced;
    await new Promise((resolve) => setImmediate(resolve));
    expect(produced).toBeLessThanOrEqual(settled + 20);
    endless.destroy();
    stdout.resume();
    await expect(running).rejects.toThrow();
  });
});

describe('check FILE', () => {
  it('prints a report with the conclusion first, the amount as a ceiling, and whom to call', async () => {
    const { code, out } = await run([file('a.json', envelope())]);
    expect(code).toBe(0);
    expect(out).toMatch(/【结论】\n符合条件/);
    expect(out).toContain('最高 20,000元，以审核为准（第三条）');
    expect(out).toContain('1. 发票（第四条）');
    expect(out).toContain('还有182天');
    expect(out).toContain('东城市科技局 010-1234567');
    expect(out.split('\n').length).toBeLessThan(60);
  });

  it('asks for what is missing', async () => {
    const { out } = await run([file('a.json', envelope({ facts: { services: [{ category: 'design' }] } }))]);
    expect(out).toMatch(/【结论】\n还不能确定/);
    expect(out).toContain('信用良好  applicant.credit_good');
    expect(out).toContain('第1项服务的发票日期  services[0].invoice_date');
    expect(out).toContain('说明所在市后给出电话');
  });

  it('reads YAML with bare facts, numbers as they are written', async () => {
    const yaml = (paid: string): string =>
      file(
        'a.yaml',
        `applicant: {city: 东城市, credit_good: true}\nservices:\n  - {category: testing, invoice_date: 2026-03-01, paid_yuan: ${paid}}\nreceived_yuan: 0\n`,
      );
    const good = await run([yaml('100000.50'), '--program', 'dongcheng', '--json']);
    expect(JSON.parse(good.out)).toMatchObject({ id: null, estimate_yuan: 20000.1 });
    const bad = await run([yaml('1e5'), '--program', 'dongcheng']);
    expect(bad).toMatchObject({ code: 2, out: '' });
    expect(bad.err).toContain('services[0].paid_yuan');
  });

  it('decides by --now, and refuses one without offset', async () => {
    const late = await run([file('a.json', envelope()), '--now', '2026-12-01T00:00:00+08:00', '--json']);
    expect(JSON.parse(late.out)).toMatchObject({ deadline_state: 'closed', now: '2026-12-01T00:00:00+08:00' });
    const wrong = await run([file('a.json', envelope()), '--now', '2026-12-01']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('now');
  });

  it('tells a fault on standard error, and with --json on standard output too', async () => {
    const { code, out, err } = await run([file('a.json', envelope({ facts: { colour: 1 } })), '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ id: 'a', error: { path: 'facts.colour' } });
    expect(err).toContain('facts.colour');
  });

  it.each([
    ['a file that is not there', ['nowhere.json']],
    ['broken JSON', [file('a.json', '{')]],
    ['broken YAML', [file('a.yaml', 'a: [')]],
    ['YAML aliases', [file('a.yaml', 'a: &x [1]\nb: *x')]],
    ['a programme that does not fit the file', [file('a.json', envelope()), '--program', 'xicheng']],
    ['an unknown option', ['--colour']],
  ])('exits with 2 for %s', async (_what, argv) => {
    const { code, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toMatch(/\p{Script=Han}/u);
  });

  it('reads standard input when it is piped', async () => {
    const { out } = await run(['--json'], envelope());
    expect(JSON.parse(out)).toMatchObject({ id: 'a', eligibility: 'eligible' });
  });
});

describe('check without a file at a terminal', () => {
  it('says how it is used and where the interview is', async () => {
    const { code, out } = await run([], '', { isTerminal: true });
    expect(code).toBe(0);
    expect(out).toContain('npm run -s chat');
  });

  it('starts the interview when there is one', async () => {
    const io = { stdin: Readable.from([]), stdout: new PassThrough(), stderr: new PassThrough() };
    const world: Io = { ...io, isTerminal: true, now: () => NOW, here: DATA };
    expect(await runCheck([], world, () => Promise.resolve(7))).toBe(7);
  });
});

it('says which data file is wrong', async () => {
  const from = source();
  from.questions.order.applicant.push('bundle:extras');
  const { code, err } = await run(['--data', writeData(from), '--jsonl'], envelope());
  expect(code).toBe(1);
  expect(err).toContain('programmes/dongcheng/questions.yaml: order.applicant[2]');
});

it('gives the worked cases of the shipped programmes their answers', async () => {
  const cases = readFileSync(path.resolve(import.meta.dirname, '../policy/cases.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const parsed = cases.map((line) => JSON.parse(line) as Record<string, unknown> & { expect: Record<string, unknown> });
  const input = parsed.map(({ id, program, now, facts }) => JSON.stringify({ id, program, now, facts })).join('\n');
  const data = path.resolve(import.meta.dirname, '../../data');
  const { out } = await run(['--jsonl', '--data', data], input);
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  parsed.forEach(({ id, expect: { must_warn: _codes, ...expected } }, i) =>
    expect(answers[i], String(id)).toMatchObject({ id, ...expected }),
  );
});
