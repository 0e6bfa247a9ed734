import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that editors and desktops leave behind are no data. */
const IGNORED = /^\.|~$/;

function filesUnder(dir: string, prefix: string, into: string[]): string[] {
  for (const entry of readdirSync(join(dir, prefix), { withFileTypes: true })) {
    if (IGNORED.test(entry.name)) continue;
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) filesUnder(dir, name, into);
    else if (entry.isFile()) into.push(name);
  }
  return into;
}

/**
 * SHA-256 (hex) over the names and contents of all files under a folder, in the order of their names. A length goes
 * before each part, so that nothing can move from a name to a content unseen.
 * @throws the error of the file system when the folder cannot be read.
 */
export function hashFolder(dir: string): string {
  const hash = createHash('sha256');
  for (const name of filesUnder(dir, '', []).sort()) {
    const content = readFileSync(join(dir, name));
    hash.update(`${String(Buffer.byteLength(name))} ${String(content.length)}\n${name}`).update(content);
  }
  return hash.digest('hex');
}
