import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { DataFault } from '../policy/compile.ts';

/** Reads one YAML file as plain data. @throws DataFault naming the file and the line. */
export function readYaml(dir: string, name: string): unknown {
  let text: string;
  try {
    text = readFileSync(join(dir, name), 'utf8');
  } catch {
    throw new DataFault(name, '-', 'the file is missing or cannot be read');
  }
  return parseYaml(text, name);
}

/** Parses YAML text; the core schema keeps `yes` and `no` as text. @throws DataFault naming the line. */
export function parseYaml(text: string, name: string): unknown {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 0;
    throw new DataFault(name, `line ${String(line)}`, error.message.split('\n')[0] ?? 'is no YAML');
  }
  // YAML aliases could be expanded without bound; the data uses none.
  return document.toJS({ maxAliasCount: 0 });
}

/** Validates data against its schema. @throws DataFault naming the path of the first fault. */
export function validate<T extends z.ZodType>(schema: T, data: unknown, name: string): z.output<T> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const fault = innermost(result.error.issues[0]);
  throw new DataFault(name, fault.path, fault.message);
}

interface Found {
  readonly path: string;
  readonly message: string;
}

/** In a union the branch that got furthest is the one that was meant. */
function innermost(issue: z.core.$ZodIssue | undefined, before: readonly PropertyKey[] = []): Found {
  if (!issue) return { path: '-', message: 'is not valid' };
  const path = [...before, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.flatMap((errors) => errors.slice(0, 1).map((error) => innermost(error, path)));
    const deepest = branches.sort((a, b) => b.path.length - a.path.length)[0];
    if (deepest && deepest.path.length > pathText(path).length) return deepest;
  }
  return { path: pathText(path), message: issue.message };
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || '-';
}
