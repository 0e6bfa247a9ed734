import { parseDocument, visit } from 'yaml';
import { InputFault } from './fault.ts';

/** A number of a YAML file as it was written. */
class WrittenNumber {
  readonly isLosslessNumber = true;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/**
 * Reads YAML with the numbers as they were written.
 * @throws InputFault naming the line when it is no YAML.
 */
export function readYamlText(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    throw new InputFault(line === undefined ? '' : `第${String(line)}行`, '不是有效的 YAML');
  }
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'number') node.value = new WrittenNumber(node.source ?? String(node.value));
    },
  });
  try {
    // YAML aliases could be expanded without bound; facts need none.
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch {
    throw new InputFault('', '请不要使用 YAML 别名');
  }
}
