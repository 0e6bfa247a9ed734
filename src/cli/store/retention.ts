import { STORE } from '../../../conversations/store.ts';
import type { Config } from '../../config.ts';
import { compose } from '../compose.ts';
import { StartFault } from '../faults.ts';
import { write, type Io } from '../io.ts';
import { exists, nameOf } from './place.ts';

/**
 * Removes what is too old at once, or only says what would be removed (`apply` false). @returns 0, or 1 when another
 * process is at it. @throws StartFault for a place with nothing in it; what `compose` throws.
 */
export async function retainNow(
  config: Config,
  io: Pick<Io, 'stdout' | 'here' | 'now'>,
  apply: boolean,
): Promise<number> {
  if (!exists(config)) throw new StartFault(STORE.nothingThere(nameOf(config)));
  const { retaining, close } = await compose({ here: io.here, ...config });
  try {
    const counts = await retaining.retention.force(io.now(), apply);
    await write(io.stdout, `${counts ? STORE.retained(counts, apply) : STORE.retainedElsewhere}\n`);
    return counts ? 0 : 1;
  } finally {
    await close();
  }
}
