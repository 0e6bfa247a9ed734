import { parseArgs } from 'node:util';
import { DOCTOR } from '../../../conversations/doctor.ts';
import { ConfigFault, readConfig, type Config } from '../../config.ts';
import { loadChecked } from '../../content/compile.ts';
import { DataFault } from '../../policy/compile.ts';
import { write, type Io } from '../io.ts';
import { locateData } from '../locate.ts';
import { refusedPuppet } from '../puppets.ts';
import { inspectDatabase, inspectStore } from './store.ts';

interface Finding {
  readonly fine: boolean;
  readonly text: string;
}

const fine = (what: string): Finding => ({ fine: true, text: DOCTOR.ok(what) });
const wrong = (what: string, fault: string): Finding => ({ fine: false, text: DOCTOR.wrong(what, fault) });
const DATABASE_FINDINGS = {
  fresh: fine(DOCTOR.databaseFresh),
  ready: fine(DOCTOR.databaseReady),
  moving: wrong(DOCTOR.databaseWrong, DOCTOR.databaseMoving),
};

/**
 * Checks configuration, data files and the store directory, and says in plain words what is wrong.
 * Exit code 0 when all is well, 1 when something is wrong, 2 for arguments it does not know.
 */
export async function runDoctor(
  argv: readonly string[],
  io: Pick<Io, 'stdout' | 'stderr' | 'here'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let data: string | undefined;
  try {
    data = parseArgs({ args: [...argv], options: { data: { type: 'string' } } }).values.data;
  } catch {
    await write(io.stderr, `${DOCTOR.badArguments}\n${DOCTOR.usage}\n`);
    return 2;
  }
  const { finding, config } = inspectConfig(environment);
  const findings = [
    finding,
    inspectData(locateData(io.here, data).dataDir),
    ...(config ? [await inspectState(config)] : []),
  ];
  for (const one of findings) await write(io.stdout, `${one.text}\n`);
  const allFine = findings.every((one) => one.fine);
  await write(io.stdout, `${allFine ? DOCTOR.allGood : DOCTOR.someWrong}\n`);
  return allFine ? 0 : 1;
}

function inspectConfig(environment: Readonly<Record<string, string | undefined>>): {
  finding: Finding;
  config: Config | undefined;
} {
  try {
    const config = readConfig(environment);
    const refused = config.wechat && refusedPuppet(config.wechat.puppet);
    if (refused !== undefined) return { finding: wrong(DOCTOR.configWrong, refused), config };
    const channels = [...(config.telegram ? ['Telegram'] : []), ...(config.wechat ? ['WeChat'] : [])];
    return { finding: fine(DOCTOR.config(channels)), config };
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return { finding: wrong(DOCTOR.configWrong, error.message), config: undefined };
  }
}

function inspectData(dir: string): Finding {
  try {
    const content = loadChecked(dir);
    const names = content.programmes.map((files) => `${files.programme.name}（${files.programme.id}）`);
    return fine(DOCTOR.data(dir, names));
  } catch (error) {
    if (error instanceof DataFault) return wrong(DOCTOR.dataWrong(dir), error.message);
    // A folder that is missing or may not be read is the operator's to repair as well.
    if (error instanceof Error && 'code' in error) return wrong(DOCTOR.dataWrong(dir), error.message);
    throw error;
  }
}

async function inspectState(config: Config): Promise<Finding> {
  if (config.databaseUrl !== undefined) {
    const standing = await inspectDatabase(config.databaseUrl);
    return standing.tag === 'unusable' ? wrong(DOCTOR.databaseWrong, standing.fault) : DATABASE_FINDINGS[standing.tag];
  }
  const dir = config.stateDir;
  const state = inspectStore(dir);
  switch (state.tag) {
    case 'fresh':
      return fine(DOCTOR.storeFresh(dir));
    case 'ready':
      return fine(DOCTOR.storeReady(dir));
    case 'in use':
      return fine(DOCTOR.storeInUse(dir, state.pid));
    case 'unusable':
      return wrong(DOCTOR.storeWrong(dir), state.fault);
  }
}
