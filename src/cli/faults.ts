import { ConfigFault } from '../config.ts';
import { DataFault } from '../policy/fault.ts';
import { StoreLocked } from '../stores/journal/lock.ts';
import { StoreTrouble } from '../stores/journal/trouble.ts';
import { DatabaseFault } from '../stores/postgres/fault.ts';
import { DATABASE_TROUBLE, STORE_TROUBLE } from '../../conversations/trouble.ts';
import { errorPlaces, redactor } from './redact.ts';

/** Something that the operator has to put right before the assistant can run; the message is one sentence. */
export class StartFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartFault';
  }
}

/** The one sentence for the operator when a start failed for a reason outside the program; undefined for a bug. */
export function startFaultText(error: unknown): string | undefined {
  const known = [StartFault, ConfigFault, DataFault, StoreLocked].some((kind) => error instanceof kind);
  if (known && error instanceof Error) return error.message;
  if (error instanceof StoreTrouble) return `${STORE_TROUBLE[error.trouble](error.dir)} [${error.code}]`;
  if (error instanceof DatabaseFault) return `${DATABASE_TROUBLE[error.trouble](error.place)} [${error.code}]`;
  // The file system's own words name the operation and the path.
  return error instanceof Error && 'code' in error && 'syscall' in error ? error.message : undefined;
}

/**
 * Runs a command; a fault of the operator's kind becomes one sentence on standard error and exit code 1. Anything else is
 * a bug and ends the process, with the places it went through: its words may quote what somebody wrote.
 */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${errorPlaces(error, redactor())}\n`);
    process.exit(1);
  });
  try {
    process.exitCode = await work();
  } catch (error) {
    const text = startFaultText(error);
    if (text === undefined) throw error;
    process.stderr.write(`${redactor()(text)}\n`);
    process.exitCode = 1;
  }
}
