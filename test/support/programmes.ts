import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadProgramme, programmeFolders } from '../../src/content/load.ts';
import { readFacts } from '../../src/policy/border.ts';
import { compileProgramme, type Programme } from '../../src/policy/compile.ts';
import { readInstant } from '../../src/policy/dates.ts';
import type { Facts } from '../../src/policy/facts.ts';

export const DATA_DIR = path.resolve(import.meta.dirname, '../../data');

/** Every programme that ships, compiled from its files. */
export const PROGRAMMES: readonly Programme[] = programmeFolders(DATA_DIR).map((folder) =>
  compileProgramme(loadProgramme(DATA_DIR, folder)),
);

/** A shipped programme by its id. */
export function programmeOf(id: string): Programme {
  const found = PROGRAMMES.find((programme) => programme.id === id);
  if (!found) throw new Error(`there is no programme ${id}`);
  return found;
}

/** A worked case with what is expected of it. */
export interface Case {
  readonly id: string;
  readonly program: string;
  readonly now: string;
  readonly facts: unknown;
  readonly expect: Readonly<Record<string, unknown>> & { readonly must_warn: readonly string[] };
}

/** The worked cases of both programmes. */
export const CASES: readonly Case[] = readFileSync(path.resolve(import.meta.dirname, '../policy/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

/** An instant (UTC ms) from its ISO text. */
export function instant(text: string): number {
  const read = readInstant(text);
  if (read === undefined) throw new Error(`${text} is no instant`);
  return read;
}

/** A case ready to be judged. */
export function readCase(one: Case): { programme: Programme; facts: Facts; now: number } {
  const programme = programmeOf(one.program);
  return { programme, facts: readFacts(one.facts, programme.vocabulary), now: instant(one.now) };
}
