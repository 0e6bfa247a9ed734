import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bare, bareNotice, programmeFiles, valuesOf } from './files.ts';

interface Statement {
  readonly id: string;
  readonly clause: string;
  readonly quote: string;
}

const register = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'rule-register.json'), 'utf8'),
) as readonly Statement[];

const PREFIX: Record<string, string> = { 'shanxi-2026': 'SX-', luoyang: 'LY-' };

it('the register holds every statement of both texts once', () => {
  expect(register).toHaveLength(157);
  expect(new Set(register.map((one) => one.id)).size).toBe(157);
});

describe.each(Object.keys(PREFIX))('%s', (programme) => {
  const statements = register.filter((one) => one.id.startsWith(PREFIX[programme]!));
  const ids = new Set(statements.map((one) => one.id));
  const files = programmeFiles(programme);
  const covered = [...files].flatMap(([name, content]) =>
    valuesOf('covers', content).flatMap(({ way, value }) =>
      (value as string[]).map((id) => ({ id, at: `${name}${way}` })),
    ),
  );
  const declined = valuesOf('not_modelled', files.get('programme.yaml')).flatMap(({ value }) =>
    Object.entries(value as Record<string, string>),
  );

  it('models every statement of its text, or says why not', () => {
    const known = new Set([...covered.map((one) => one.id), ...declined.map(([id]) => id)]);
    expect(statements.map((one) => one.id).filter((id) => !known.has(id))).toEqual([]);
  });

  it('names no statement that does not exist', () => {
    expect(covered.filter((one) => !ids.has(one.id))).toEqual([]);
    expect(declined.filter(([id]) => !ids.has(id))).toEqual([]);
  });

  it('gives a reason for what it leaves out, and models nothing that it leaves out', () => {
    const modelled = new Set(covered.map((one) => one.id));
    expect(declined.filter(([id, reason]) => reason.trim() === '' || modelled.has(id))).toEqual([]);
  });

  it('has the statements in its notice, apart from what is listed as cut out', () => {
    const notice = bareNotice(programme);
    const left = new Set(declined.map(([id]) => id));
    const missing = statements.filter((one) => !notice.includes(bare(one.quote)) && !left.has(one.id));
    expect(missing).toEqual([]);
  });
});
