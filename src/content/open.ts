import { readFileSync } from 'node:fs';
import type { Content } from './content.ts';
import { readParts } from './parts.ts';
import { stampFolder } from './stamp.ts';

/** What was compiled of these very sources; undefined when it is missing, torn or out of date. */
async function compiledContent(dataDir: string, compiledFile: string): Promise<Content | undefined> {
  try {
    const read = readParts(readFileSync(compiledFile));
    if (!read) return undefined;
    const { origin, content } = read;
    // Where the build made it, sizes and times tell. A copy of the installation has other times: then it is the content.
    if (origin.stamp === stampFolder(dataDir)) return content;
    const { hashFolder } = await import('./hash.ts');
    return origin.hash === hashFolder(dataDir) ? content : undefined;
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
  const compiled = await compiledContent(dataDir, compiledFile);
  if (compiled) return compiled;
  const { loadChecked } = await import('./compile.ts');
  return loadChecked(dataDir);
}
