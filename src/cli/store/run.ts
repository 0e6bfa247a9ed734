import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Log } from '../../app/ports.ts';
import { readConfig } from '../../config.ts';
import { STORE } from '../../../conversations/store.ts';
import { STORE_USAGE } from '../../../conversations/usage.ts';
import { StartFault } from '../faults.ts';
import { write, type Io } from '../io.ts';
import { stderrLog } from '../log.ts';
import { checkFile, FileFault, readFile, writeFile } from './file.ts';
import { move } from './move.ts';
import { exists, nameOf, openPlace, type StorePlace } from './place.ts';
import { entriesOf, rawCodec, sortedKeys, type Entry, type Sum } from './raw.ts';
import { openTarget, TargetInUse } from './target.ts';
import { verify } from './verify.ts';

/** What the parts of the command work with. */
interface Context {
  readonly place: StorePlace;
  readonly log: Log;
  readonly io: Pick<Io, 'stdout' | 'stderr'>;
}

type Command = (context: Context, file: string | undefined) => Promise<number>;

const PROGRESS_EVERY = 10_000;

const said = ({ count, sha256 }: Sum): string => STORE.sum(count, sha256);

async function say({ io }: Context, text: string): Promise<void> {
  await write(io.stdout, `${text}\n`);
}

/** Opens the store for reading. @throws StartFault when there is none, rather than making it. */
async function source({ place, log }: Context) {
  if (!exists(place)) throw new StartFault(STORE.nothingThere(nameOf(place)));
  return (await openPlace(place, rawCodec, log)).store;
}

async function exportTo(context: Context, file: string): Promise<number> {
  if (existsSync(file)) throw new StartFault(STORE.fileThere(file));
  const store = await source(context);
  try {
    const sum = await writeFile(file, entriesOf(store, await sortedKeys(store)));
    await say(context, STORE.exported(nameOf(context.place), file, said(sum)));
    return 0;
  } finally {
    await store.close();
  }
}

async function moveInto(
  context: Context,
  from: { readonly name: string; readonly id: string; readonly entries: () => AsyncIterable<Entry> },
): Promise<number> {
  const { place, log, io } = context;
  const target = await openTarget(place, from.id, log).catch((error: unknown) => {
    throw error instanceof TargetInUse ? new StartFault(STORE.targetInUse(nameOf(place))) : error;
  });
  try {
    if (target.resumeAfter !== undefined) await say(context, STORE.going);
    let told = 0;
    const progress = (count: number): void => {
      if (count < told + PROGRESS_EVERY) return;
      told = count;
      io.stderr.write(`${STORE.progress(count)}\n`);
    };
    const moved = await move(from.entries, target, progress);
    const fine = moved.finished;
    await say(
      context,
      fine ? STORE.moved(from.name, nameOf(place), said(moved.to)) : STORE.different(said(moved.from), said(moved.to)),
    );
    return fine ? 0 : 1;
  } finally {
    await target.close();
  }
}

async function importFrom(context: Context, file: string): Promise<number> {
  try {
    // All of it is looked at before anything is written.
    const { sha256 } = await checkFile(file);
    return await moveInto(context, { name: file, id: `file ${sha256}`, entries: () => readFile(file) });
  } catch (error) {
    throw error instanceof FileFault ? new StartFault(STORE.fileTorn(file, error.line)) : error;
  }
}

async function migrate(context: Context): Promise<number> {
  const { stateDir, databaseUrl } = context.place;
  if (databaseUrl === undefined) throw new StartFault(STORE.noDatabase);
  const here = { stateDir };
  const store = await source({ ...context, place: here });
  async function* entries(): AsyncGenerator<Entry> {
    yield* entriesOf(store, await sortedKeys(store));
  }
  try {
    return await moveInto(context, { name: nameOf(here), id: `directory ${nameOf(here)}`, entries });
  } finally {
    await store.close();
  }
}

async function verifyAll(context: Context, file: string | undefined): Promise<number> {
  const store = await source(context);
  try {
    const { sum, unreadable, marksWrong } = await verify(store);
    await say(context, STORE.verified(nameOf(context.place), said(sum)));
    if (unreadable.length > 0) await say(context, STORE.unreadable(unreadable));
    if (marksWrong > 0) await say(context, STORE.marksWrong(marksWrong));
    const other = file === undefined ? sum : await checkFile(file);
    const alike = other.count === sum.count && other.sha256 === sum.sha256;
    if (file !== undefined) await say(context, alike ? STORE.sameAsFile(file) : STORE.notAsFile(file, said(other)));
    return alike && unreadable.length === 0 && marksWrong === 0 ? 0 : 1;
  } catch (error) {
    throw error instanceof FileFault && file !== undefined ? new StartFault(STORE.fileTorn(file, error.line)) : error;
  } finally {
    await store.close();
  }
}

const withFile =
  (command: (context: Context, file: string) => Promise<number>): Command =>
  async (context, file) =>
    file === undefined ? badArguments(context) : command(context, file);

const COMMANDS: Readonly<Record<string, Command>> = {
  export: withFile(exportTo),
  import: withFile(importFrom),
  migrate: (context, file) => (file === undefined ? migrate(context) : badArguments(context)),
  verify: verifyAll,
};

async function badArguments({ io }: Pick<Context, 'io'>): Promise<number> {
  await write(io.stderr, `${STORE.badArguments}\n${STORE_USAGE}\n`);
  return 2;
}

/**
 * The store command. @returns 0 when all is well, 1 when something is not as it should be, 2 for wrong arguments.
 * @throws StartFault, ConfigFault, StoreLocked, StoreTrouble, DatabaseFault, or the system's error.
 */
export async function runStore(
  argv: readonly string[],
  io: Pick<Io, 'stdout' | 'stderr' | 'here' | 'now'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let parsed;
  try {
    const options = { state: { type: 'string' }, help: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } as const;
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch {
    return badArguments({ io });
  }
  const [name = '', file, ...rest] = parsed.positionals;
  const { state, help, 'dry-run': dry = false } = parsed.values;
  if (help === true) {
    await write(io.stdout, `${STORE_USAGE}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const retains = name === 'retention' && file === undefined;
  if ((command === undefined ? !retains : dry) || rest.length > 0 || state === '') return badArguments({ io });
  const config = readConfig(environment);
  // What goes well is said in words of its own.
  const logLevel = config.logLevel === 'info' ? 'warn' : config.logLevel;
  const place: StorePlace = { stateDir: state ?? config.stateDir, databaseUrl: config.databaseUrl };
  if (command === undefined) {
    // Needs nearly all of the assistant, which moving documents does not.
    const { retainNow } = await import('./retention.ts');
    return retainNow({ ...config, ...place, logLevel }, io, !dry);
  }
  return command({ place, log: stderrLog(logLevel), io }, file);
}
