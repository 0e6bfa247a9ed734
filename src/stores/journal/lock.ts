import { linkSync, readFileSync, readlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { readFile, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { hasCode } from './files.ts';

/** Another process holds the directory. The message is one sentence for the operator and names the directory. */
export class StoreLocked extends Error {
  readonly dir: string;
  readonly pid: number;
  constructor(dir: string, pid: number, host: string) {
    super(`数据目录 ${dir} 正被另一个进程使用（进程号 ${pid}，主机 ${host}），同一目录同时只能由一个进程打开。`);
    this.name = 'StoreLocked';
    this.dir = dir;
    this.pid = pid;
  }
}

/** A held lock. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** The machine run and process namespace in which the pid means something. */
  readonly where: string;
  /** When the process began, in the kernel's words: a pid alone may have been given to another process since. */
  readonly started: string;
}

// By hand: every start reads this, and a schema library costs more than the rest of opening the store.
function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['id', 'host', 'where', 'started'].map((key) => (value as Record<string, unknown>)[key]);
  return texts.every((text) => typeof text === 'string') && Number.isInteger((value as { pid?: unknown }).pid);
}

const HEARTBEAT_MS = 5_000;
/** A holder we cannot ask (another machine or container) counts as gone after this long without a heartbeat. */
const SILENT_MS = 30_000;

/*
 * What every start does is done at once: on a busy machine each turn of the thread pool is waited for, and there is
 * nothing else yet that could use the time.
 */

function textOr(read: () => string, fallback: string): string {
  try {
    return read().trim();
  } catch {
    return fallback;
  }
}

/** The 20th field behind the process name is its start; the name may hold spaces, hence the cut at the last bracket. */
function startOf(pid: number): string {
  const line = textOr(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Unique, which is all that is wanted of it; the library for secrets costs a start more than all this. */
function uniqueId(): string {
  const chance = Array.from({ length: 3 }, () => Math.random().toString(36).slice(2, 12));
  return `${process.pid}-${Date.now().toString(36)}-${chance.join('')}`;
}

function self(): Holder {
  const boot = textOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'), '');
  const namespace = textOr(() => readlinkSync('/proc/self/ns/pid'), '');
  const host = hostname();
  return {
    id: uniqueId(),
    pid: process.pid,
    host,
    where: `${host} ${boot} ${namespace}`,
    started: startOf(process.pid),
  };
}

async function isAlive(holder: Holder, path: string, me: Holder): Promise<boolean> {
  if (holder.where !== me.where) return Date.now() - (await stat(path)).mtimeMs < SILENT_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return startOf(holder.pid) === holder.started;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const holder: unknown = JSON.parse(text);
    return isHolder(holder) ? holder : undefined;
  } catch {
    // None, or half-written by a process that died doing it: nobody holds it.
    return undefined;
  }
}

/** What file systems say that have no links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Puts the note under its name if there is none: whole or not at all, whoever else does the same now.
 * @param locked whether nobody else can be at it, so that a file system without links will do.
 * @returns whether it was put there.
 */
function claim(dir: string, path: string, me: Holder, locked: boolean): boolean {
  const draft = join(dir, `${me.id}.holder`);
  const text = JSON.stringify(me);
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!NO_LINKS.some((code) => hasCode(error, code))) throw error;
    if (locked) writeFileSync(path, text, { mode: 0o600 });
    return locked;
  } finally {
    unlinkSync(draft);
  }
}

/**
 * Takes the directory over from a process that has left its note behind. proper-lockfile guards only the moment of
 * looking and taking: its own lock goes stale by time, so that a restart after a kill would have to wait, and a process
 * held up for long would lose it. Loaded by need, because it costs more than the rest of opening a store.
 */
async function takeOver(dir: string, path: string, me: Holder): Promise<void> {
  const { default: lockfile } = await import('proper-lockfile');
  const retries = { retries: 80, factor: 1, minTimeout: 100, maxTimeout: 100 };
  const leave = await lockfile.lock(dir, { lockfilePath: join(dir, 'opening.lock'), stale: 5_000, retries });
  try {
    for (;;) {
      const holder = await readHolder(path);
      if (holder !== undefined && (await isAlive(holder, path, me)))
        throw new StoreLocked(dir, holder.pid, holder.host);
      await unlink(path).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error;
      });
      // Somebody who came without looking may have been first: then it is looked at once more.
      if (claim(dir, path, me, true)) return;
    }
  } finally {
    await leave();
  }
}

/**
 * Takes the directory for this process.
 * @param lost called once if another process has taken the directory over all the same; nothing may be written then.
 * @throws StoreLocked when another living process, or another store of this one, holds it.
 */
export async function lockDirectory(dir: string, lost: () => void): Promise<DirectoryLock> {
  const path = join(dir, 'holder.json');
  const me = self();
  if (!claim(dir, path, me, false)) await takeOver(dir, path, me);
  const beat = setInterval(() => {
    void (async () => {
      const now = new Date();
      if ((await readHolder(path))?.id === me.id) return utimes(path, now, now);
      clearInterval(beat);
      lost();
    })().catch(() => undefined);
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      if ((await readHolder(path))?.id === me.id) await unlink(path);
    },
  };
}
