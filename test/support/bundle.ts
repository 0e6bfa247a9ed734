import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');

/** A program as one file. */
export interface Bundled {
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** Makes one file of a program that is started often: through a loader the starts would take longer than all the rest. */
export async function bundled(entry: string): Promise<Bundled> {
  // Below node_modules, so that packages are found from there and need not be bundled.
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(join(cache, 'bundled-'));
  const file = join(dir, 'program.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return { file, remove: () => rm(dir, { recursive: true, force: true }) };
}
