import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the data of this installation lies. */
export interface DataPlace {
  readonly dataDir: string;
  /** The compiled content; it need not exist. */
  readonly compiledFile: string;
}

/**
 * Finds data/ beside the folder that a command runs from: `dist/` when bundled, `src/cli/` when run from its source.
 * The working directory plays no part. `given` is a folder named by the user; compiled content is not used for it
 * unless it fits.
 */
export function locateData(here: string, given?: string): DataPlace {
  const compiledFile = join(here, 'data.json');
  if (given !== undefined) return { dataDir: given, compiledFile };
  const found = [join(here, '..', 'data'), join(here, '..', '..', 'data')].find((dir) => existsSync(dir));
  return { dataDir: found ?? join(here, '..', 'data'), compiledFile };
}
