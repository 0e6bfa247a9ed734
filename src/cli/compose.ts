import { createAssistant } from '../app/assistant.ts';
import { chatCodec } from '../app/chatdoc.ts';
import type { Assistant, Clock, Log } from '../app/ports.ts';
import type { LogLevel } from '../config.ts';
import type { Content } from '../content/content.ts';
import { openContent } from '../content/open.ts';
import { compileProgramme } from '../policy/index.ts';
import { advance, buildGuide, type Kit } from '../dialogue/index.ts';
import { lowdbStore } from '../stores/lowdb.ts';
import { indexPlaces, type PlaceIndex } from '../understanding/index.ts';
import { script } from '../../conversations/index.ts';
import { BROKEN } from '../../conversations/trouble.ts';
import { ulidSource } from './ids.ts';
import { rarely } from './rarely.ts';
import { locateData } from './locate.ts';
import { stderrLog } from './log.ts';

export interface ComposeOptions {
  /** The folder that the command runs from; data/ is found from there. */
  readonly here: string;
  readonly stateDir: string;
  readonly logLevel: LogLevel;
}

/** A running assistant. */
export interface Composed {
  readonly assistant: Assistant;
  readonly log: Log;
  /** Waits for open work, flushes, and releases the directory. */
  readonly close: () => Promise<void>;
}

/** Compaction rewrites whole segments: many deletions in a row share one. */
const ERASE_EVERY_MS = 10 * 60_000;

const CLOCK: Clock = { now: () => Date.now() };

/** What conversations work with, made of the content of data/. @throws DataFault naming file and path. */
export function makeKit(content: Content): Kit {
  let places: PlaceIndex | undefined;
  return {
    guides: new Map(content.programmes.map((files) => [files.programme.id, buildGuide(files, compileProgramme)])),
    get places() {
      places ??= indexPlaces(content.places.flatMap((file) => [...file.places]));
      return places;
    },
    standard: content.standard,
    script,
  };
}

/**
 * Opens the content and the store, and puts the assistant together.
 * @throws DataFault for a fault in data/; StoreLocked when another process has the directory; the system's error.
 */
export async function compose({ here, stateDir, logLevel }: ComposeOptions): Promise<Composed> {
  const { dataDir, compiledFile } = locateData(here);
  const log = stderrLog(logLevel);
  const kit = makeKit(await openContent(dataDir, compiledFile));
  const store = await lowdbStore({ dir: stateDir, codec: chatCodec, log });
  const assistant = createAssistant({
    store,
    advance: (state, event, now, newId) => advance(kit, state, event, now, newId),
    clock: CLOCK,
    ids: ulidSource(() => CLOCK.now()),
    log,
    broken: BROKEN,
    // The journal still holds what earlier writes said; a request for deletion reaches those lines too.
    erase: rarely(ERASE_EVERY_MS, () =>
      store.compact().catch((error: unknown) => {
        log.error('erase.failed', { error: error instanceof Error ? error.name : typeof error });
      }),
    ),
  });
  return {
    assistant,
    log,
    async close() {
      await assistant.settled();
      await store.close();
    },
  };
}
