import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const data = path.resolve(import.meta.dirname, '../../data');

/** Every programme that ships, by its folder. */
export const PROGRAMMES = readdirSync(path.join(data, 'programmes')).sort();

/** A parsed YAML file under `data/`. */
export function yamlFile(file: string): unknown {
  return parse(readFileSync(path.join(data, file), 'utf8'));
}

/** The YAML files of a programme by name. */
export function programmeFiles(programme: string): Map<string, unknown> {
  const folder = path.join('programmes', programme);
  const names = readdirSync(path.join(data, folder)).filter((name) => name.endsWith('.yaml'));
  return new Map(names.map((name) => [name, yamlFile(path.join(folder, name))]));
}

/** Text as it is compared: without white space, which the layout of a page puts anywhere. */
export function bare(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** The notice without white space and without the marks of our headings. */
export function bareNotice(programme: string): string {
  return bare(readFileSync(path.join(data, 'programmes', programme, 'notice.md'), 'utf8').replace(/^#+ /gmu, ''));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Every value found under `key` anywhere in a parsed file, with the way to it. */
export function valuesOf(key: string, node: unknown, way = ''): { way: string; value: unknown }[] {
  if (Array.isArray(node)) return node.flatMap((one, i) => valuesOf(key, one, `${way}[${i}]`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    const here = `${way}.${name}`;
    return [...(name === key ? [{ way: here, value: value as unknown }] : []), ...valuesOf(key, value, here)];
  });
}
