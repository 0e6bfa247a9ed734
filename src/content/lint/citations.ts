import { CONTRADICTION } from '../../policy/compile.ts';
import type { FileName, Scope } from './scope.ts';

/** Text as it is compared: the layout of a page puts white space anywhere, and our headings carry marks. */
function bare(text: string): string {
  return text.replace(/^#+ /gmu, '').replace(/\s+/gu, '');
}

/**
 * Every clause that is cited is listed in programme.yaml, and every quote stands in the notice.
 * @throws DataFault at the first one that is not.
 */
export function checkCitations(scope: Scope): void {
  const clauses = new Set([...scope.files.programme.clauses, CONTRADICTION]);
  const notice = bare(scope.notice);

  function walk(file: FileName, node: unknown, path: string): void {
    if (Array.isArray(node)) {
      node.forEach((one: unknown, i) => walk(file, one, `${path}[${nameOf(one) ?? i}]`));
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const here = path === '' ? key : `${path}.${key}`;
      if (key === 'clause' && typeof value === 'string') {
        const unknown = value.split('、').find((clause) => !clauses.has(clause));
        if (unknown !== undefined) scope.fault(file, here, `clause ${unknown} is not listed in programme.yaml`);
      } else if (key === 'quote' && isQuote(value)) {
        for (const one of typeof value === 'string' ? [value] : value)
          if (bare(one) === '' || !notice.includes(bare(one)))
            scope.fault(file, here, 'the quote is not in the notice');
      } else walk(file, value, here);
    }
  }
  for (const [file, content] of Object.entries(scope.files)) walk(file as FileName, content, '');
}

function isQuote(value: unknown): value is string | string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}

/** The id by which an element of a list is named in the path of a fault. */
function nameOf(one: unknown): string | undefined {
  if (typeof one !== 'object' || one === null) return undefined;
  if ('id' in one && typeof one.id === 'string') return one.id;
  return 'code' in one && typeof one.code === 'string' ? one.code : undefined;
}
