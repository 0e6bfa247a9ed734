import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Where a benchmark finds things. */
export interface Place {
  /** The project. */
  readonly root: string;
  /** A folder of this run, with room for data. */
  readonly work: string;
  /** The bundled parts. */
  readonly parts: string;
}

/**
 * Bundles the parts as the build bundles the commands: what ships is measured, not what a loader makes of the sources.
 * Call `remove` at the end.
 */
export async function preparePlace(
  root: string,
  names: readonly string[],
): Promise<Place & { remove(): Promise<void> }> {
  // Below node_modules, so that packages are found from there and need not be bundled.
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'bench-'));
  // The folders beside the parts lie as in the project, for what finds its files from where it is.
  const parts = join(work, 'test/bench');
  await mkdir(parts, { recursive: true });
  await symlink(join(root, 'data'), join(work, 'data'));
  await symlink(join(root, 'test/policy'), join(work, 'test/policy'));
  const remove = (): Promise<void> => rm(work, { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints: names.map((name) => `bench/${name}.ts`),
      outdir: parts,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      logLevel: 'warning',
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { root, work, parts, remove };
}

/** What node prints when it is run with these arguments. Rejects when it fails. */
export function outputOf(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1e8 }, (error, stdout) => {
      if (error) reject(error instanceof Error ? error : new Error('node could not be run'));
      else resolve(stdout);
    });
  });
}

const CALL = `
const [url, name, ...values] = process.argv.slice(1);
const result = await (await import(url))[name](...values.map((value) => JSON.parse(value)));
process.stdout.write(JSON.stringify(result ?? null));
`;

/**
 * Calls an exported function of a part in a process of its own, because memory and compiled code are only comparable
 * where nothing else ran before. Arguments and result go as JSON. @param flags of node.
 */
export async function inOwnProcess(
  { parts }: Place,
  part: string,
  name: string,
  values: readonly unknown[],
  flags: readonly string[] = [],
): Promise<unknown> {
  const url = pathToFileURL(join(parts, `${part}.js`)).href;
  const args = [...flags, '--enable-source-maps', '--input-type=module', '--eval', CALL, '--', url, name];
  return JSON.parse(await outputOf([...args, ...values.map((value) => JSON.stringify(value))]));
}
