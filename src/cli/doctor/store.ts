import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '../../app/ports.ts';
import { startFaultText } from '../faults.ts';

/** What the directory of the embedded store is like, seen without opening the store. */
export type StoreState =
  | { readonly tag: 'fresh' }
  | { readonly tag: 'ready' }
  | { readonly tag: 'in use'; readonly pid: number }
  | { readonly tag: 'unusable'; readonly fault: string };

/** The nearest folder that exists: the one in which the missing ones would be made. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, and so alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The process that holds the directory, by the file that the store keeps in it. */
function holderOf(dir: string): number | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(dir, 'holder.json'), 'utf8'));
    const pid = typeof holder === 'object' && holder !== null && 'pid' in holder ? holder.pid : undefined;
    return typeof pid === 'number' && isRunning(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Looks at a store directory: there, a folder, readable and writable, held by a process. Changes nothing. */
export function inspectStore(dir: string): StoreState {
  const path = resolve(dir);
  const nearest = existing(path);
  try {
    if (!statSync(nearest).isDirectory()) return { tag: 'unusable', fault: `${nearest} is not a directory.` };
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return { tag: 'unusable', fault: error instanceof Error ? error.message : String(error) };
  }
  if (nearest !== path) return { tag: 'fresh' };
  const pid = holderOf(path);
  return pid === undefined ? { tag: 'ready' } : { tag: 'in use', pid };
}

const silent = (): void => undefined;
const NO_LOG: Log = { info: silent, warn: silent, error: silent };

/** What the database is like: without our tables yet, ready, half filled by a move, or not to be used. */
export type DatabaseStanding =
  { readonly tag: 'fresh' | 'ready' | 'moving' } | { readonly tag: 'unusable'; readonly fault: string };

/** Looks at the database named by DATABASE_URL. Changes nothing. */
export async function inspectDatabase(url: string): Promise<DatabaseStanding> {
  const { inspectDatabase: inspect } = await import('../../stores/postgres/migrate.ts');
  try {
    const state = await inspect({ url, log: NO_LOG });
    return { tag: state.tag === 'ready' && state.movingFrom !== undefined ? 'moving' : state.tag };
  } catch (error) {
    const fault = startFaultText(error);
    if (fault === undefined) throw error;
    return { tag: 'unusable', fault };
  }
}
