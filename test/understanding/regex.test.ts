import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkSync } from 'recheck';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** Every pattern that reads what people type is matched in time that grows with the text alone. */

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['src/understanding', 'src/dialogue', 'conversations'];

/** Applied to numbers and paths that the program has made itself, a dozen characters long. */
const OWN_TEXT = new Set(['\\B(?=(?:\\d{3})+$)', '\\B(?=(\\d{3})+$)', '0+$', '^(.+\\[[^\\]]+\\])\\.[a-z_]+$']);

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

function patternsIn(file: string): Pattern[] {
  const parsed = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

function filesIn(folder: string): string[] {
  const all = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return all.filter((name) => name.endsWith('.ts')).map((name) => join(ROOT, folder, name));
}

describe.each(FOLDERS)('%s', (folder) => {
  test.each(filesIn(folder).map((file) => [file.slice(ROOT.length + 1), file] as const))('%s', (_name, file) => {
    for (const { source, flags } of patternsIn(file)) {
      // Without a repetition there is nothing to try twice.
      if (!/[*+]|\{\d+,\d*\}/.test(source) || OWN_TEXT.has(source)) continue;
      const { status } = checkSync(source, flags.replace('y', ''), { timeout: 20_000 });
      expect.soft(`${status}: ${source}`).toBe(`safe: ${source}`);
    }
  });
});
