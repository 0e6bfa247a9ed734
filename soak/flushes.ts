import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { CRASH_WRITER } from '../test/stores/journal/crash.ts';
import { bundled } from '../test/support/bundle.ts';

const UPDATES = 2_000;

/** What the system saw of a writer's flushes. */
interface Flushes {
  readonly updates: number;
  /** fdatasync of segments, fsync of the directory, of the one it lies in, and of hints. */
  readonly segments: number;
  readonly directory: number;
  readonly parent: number;
  readonly hints: number;
  /** Segments that were acknowledged writes to before the directory was flushed after making them. */
  readonly early: number;
}

/**
 * Runs a writer under strace on a directory that is not there yet, and counts what it asked the system to flush.
 * @returns undefined where there is no strace, or it may not look.
 */
export async function countFlushes(dir: string): Promise<Flushes | undefined> {
  const program = await bundled(CRASH_WRITER);
  const trace = `${dir}.trace`;
  try {
    const calls = 'trace=fsync,fdatasync,openat,mkdir';
    const args = ['-f', '-y', '-e', calls, '-o', trace, process.execPath, program.file, dir, `${dir}.notes`];
    const child = spawn('strace', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const exit = once(child, 'exit');
    let updates = 0;
    try {
      await once(child, 'spawn');
    } catch {
      return undefined;
    }
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === '.') updates += 1;
      // strace itself, ended, would leave it running.
      if (line === '.' && updates === UPDATES) process.kill(await holderOf(dir), 'SIGKILL');
    }
    await exit;
    return updates === 0 ? undefined : { updates, ...read(await readFile(trace, 'utf8'), dir) };
  } finally {
    await program.remove();
  }
}

/** The process that has the directory, by the note that it keeps there. */
async function holderOf(dir: string): Promise<number> {
  return z.object({ pid: z.number() }).parse(JSON.parse(await readFile(join(dir, 'holder.json'), 'utf8'))).pid;
}

function read(trace: string, dir: string): Omit<Flushes, 'updates'> {
  const lines = trace.split('\n');
  const flushed = (pattern: RegExp): number =>
    lines.filter((line) => /f(data)?sync\(/.test(line) && pattern.test(line)).length;
  const escaped = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const open = new Set<string>();
  let early = 0;
  for (const line of lines) {
    const made = /openat\(.*?([0-9]+\.journal)".*O_CREAT/.exec(line)?.[1];
    if (made !== undefined) open.add(made);
    if (new RegExp(`fsync\\(\\d+<${escaped(dir)}>`).test(line)) open.clear();
    const written = /fdatasync\(\d+<.*?([0-9]+\.journal)>/.exec(line)?.[1];
    if (written !== undefined && open.has(written)) early += 1;
  }
  return {
    segments: flushed(/fdatasync\(\d+<.*\.journal>/),
    directory: flushed(new RegExp(`<${escaped(dir)}>`)),
    parent: flushed(new RegExp(`<${escaped(dirname(dir))}>`)),
    hints: flushed(/\.hint/),
    early,
  };
}
