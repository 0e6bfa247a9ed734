import { writeFileSync } from 'node:fs';
import type { Content } from './content.ts';
import { hashFolder } from './hash.ts';
import { lintContent } from './lint.ts';
import { loadContent } from './load.ts';
import { writeParts } from './parts.ts';
import { stampFolder } from './stamp.ts';

/** All of data/, validated and checked. @throws DataFault naming file and path of the first fault. */
export function loadChecked(dataDir: string): Content {
  const content = loadContent(dataDir);
  lintContent(content);
  return content;
}

/** Validates and checks data/ and writes it to one file. @throws DataFault; the error of the file system. */
export function writeCompiled(dataDir: string, outFile: string): void {
  // Before the sources are read: whatever changes from here on has another stamp.
  const stamp = stampFolder(dataDir);
  const hash = hashFolder(dataDir);
  writeFileSync(outFile, writeParts({ hash, stamp }, loadChecked(dataDir)));
}
