import { parse } from 'lossless-json';
import { InputFault } from './fault.ts';

const BYTE_ORDER_MARK = /^\uFEFF/;

/** Reads JSON with the numbers as they were written. @throws InputFault when it is no JSON. */
export function readJson(text: string): unknown {
  try {
    return parse(text.replace(BYTE_ORDER_MARK, ''));
  } catch {
    throw new InputFault('', '不是 JSON');
  }
}

/**
 * Reads a file by its name: YAML for .yaml and .yml, JSON for .json; otherwise by its first character. YAML is imported
 * by need: most input is JSON.
 * @throws InputFault when it is neither.
 */
export async function readInput(text: string, name: string): Promise<unknown> {
  const isYaml = /\.ya?ml$/i.test(name) || !(/\.json$/i.test(name) || /^\uFEFF?\s*\{/.test(text));
  if (!isYaml) return readJson(text);
  const { readYamlText } = await import('./yaml.ts');
  return readYamlText(text);
}
