import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files that editors and desktops leave behind are no data. */
const IGNORED = /^\.|~$/;

function filesBelow(dir: string, prefix: string, into: string[]): string[] {
  for (const entry of readdirSync(join(dir, prefix), { withFileTypes: true })) {
    if (IGNORED.test(entry.name)) continue;
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) filesBelow(dir, name, into);
    else if (entry.isFile()) into.push(name);
  }
  return into;
}

/** The names of all files under a folder, in order, with `/` between folders. */
export function filesUnder(dir: string): string[] {
  return filesBelow(dir, '', []).sort();
}

/**
 * Sizes and times of all files under a folder, with their places on the disk, as text: equal as long as no file was
 * written, replaced, added or removed. The time of change cannot be set back, as that of the content can.
 * @throws the error of the file system when the folder cannot be read.
 */
export function stampFolder(dir: string): string {
  const parts = filesUnder(dir).map((name) => {
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(dir, name));
    return [name, size, mtimeMs, ctimeMs, ino].join(':');
  });
  return parts.join(' ');
}
