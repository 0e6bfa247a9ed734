import { readFileSync } from 'node:fs';
import type { CompiledFile } from './compile.ts';
import type { Content } from './content.ts';
import { hashFolder } from './hash.ts';

/** The compiled file when it was made of these very sources; undefined when it is missing, torn or out of date. */
function compiledContent(dataDir: string, compiledFile: string): Content | undefined {
  try {
    const hash = hashFolder(dataDir);
    const text = readFileSync(compiledFile, 'utf8');
    // The hash stands first, so that a file of other sources need not be parsed.
    if (!text.startsWith(`{"hash":"${hash}",`)) return undefined;
    return (JSON.parse(text) as CompiledFile).content;
  } catch {
    return undefined;
  }
}

/**
 * The content of data/: from the compiled file when the hash of the sources fits, else validated and checked anew.
 * The validation is imported by need, because its libraries cost more than the rest of a start.
 * @throws DataFault naming file and path of the first fault.
 */
export async function openContent(dataDir: string, compiledFile: string): Promise<Content> {
  const compiled = compiledContent(dataDir, compiledFile);
  if (compiled) return compiled;
  const { loadChecked } = await import('./compile.ts');
  return loadChecked(dataDir);
}
