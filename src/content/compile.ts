import { writeFileSync } from 'node:fs';
import type { Content } from './content.ts';
import { hashFolder } from './hash.ts';
import { lintContent } from './lint.ts';
import { loadContent } from './load.ts';

/** What the build writes and a start reads: the content, and the hash of the files it was made of. */
export interface CompiledFile {
  readonly hash: string;
  readonly content: Content;
}

/** All of data/, validated and checked. @throws DataFault naming file and path of the first fault. */
export function loadChecked(dataDir: string): Content {
  const content = loadContent(dataDir);
  lintContent(content);
  return content;
}

/** Validates and checks data/ and writes it to one JSON file. @throws DataFault; the error of the file system. */
export function writeCompiled(dataDir: string, outFile: string): void {
  const hash = hashFolder(dataDir);
  const compiled: CompiledFile = { hash, content: loadChecked(dataDir) };
  writeFileSync(outFile, JSON.stringify(compiled));
}
