import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './stamp.ts';

/**
 * SHA-256 (hex) over the names and contents of all files under a folder, in the order of their names. A length goes
 * before each part, so that nothing can move from a name to a content unseen.
 * @throws the error of the file system when the folder cannot be read.
 */
export function hashFolder(dir: string): string {
  const hash = createHash('sha256');
  for (const name of filesUnder(dir)) {
    const content = readFileSync(join(dir, name));
    hash.update(`${String(Buffer.byteLength(name))} ${String(content.length)}\n${name}`).update(content);
  }
  return hash.digest('hex');
}
