import { randomUUID } from 'node:crypto';
import { readFile, readlink, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';

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

async function textOr(read: () => Promise<string>, fallback: string): Promise<string> {
  try {
    return (await read()).trim();
  } catch {
    return fallback;
  }
}

/** The 20th field behind the process name is its start; the name may hold spaces, hence the cut at the last bracket. */
async function startOf(pid: number): Promise<string> {
  const line = await textOr(() => readFile(`/proc/${pid}/stat`, 'utf8'), '');
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function self(): Promise<Holder> {
  const boot = await textOr(() => readFile('/proc/sys/kernel/random/boot_id', 'utf8'), '');
  const namespace = await textOr(() => readlink('/proc/self/ns/pid'), '');
  const host = hostname();
  return {
    id: randomUUID(),
    pid: process.pid,
    host,
    where: `${host} ${boot} ${namespace}`,
    started: await startOf(process.pid),
  };
}

async function isAlive(holder: Holder, path: string, me: Holder): Promise<boolean> {
  if (holder.where !== me.where) return Date.now() - (await stat(path)).mtimeMs < SILENT_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return (await startOf(holder.pid)) === holder.started;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await textOr(() => readFile(path, 'utf8'), '');
  try {
    const holder: unknown = JSON.parse(text);
    return isHolder(holder) ? holder : undefined;
  } catch {
    // Half-written by a process that died doing it: nobody holds it.
    return undefined;
  }
}

/**
 * Takes the directory for this process. proper-lockfile guards only the moment of looking and taking: its own lock
 * goes stale by time, so that a restart after a kill would have to wait, and a process held up for long would lose it.
 * @param lost called once if another process has taken the directory over all the same; nothing may be written then.
 * @throws StoreLocked when another living process, or another store of this one, holds it.
 */
export async function lockDirectory(dir: string, lost: () => void): Promise<DirectoryLock> {
  const path = join(dir, 'holder.json');
  const me = await self();
  const retries = { retries: 80, factor: 1, minTimeout: 100, maxTimeout: 100 };
  const leave = await lockfile.lock(dir, { lockfilePath: join(dir, 'opening.lock'), stale: 5_000, retries });
  try {
    const holder = await readHolder(path);
    if (holder !== undefined && (await isAlive(holder, path, me))) throw new StoreLocked(dir, holder.pid, holder.host);
    await writeFile(path, JSON.stringify(me), { mode: 0o600 });
  } finally {
    await leave();
  }
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
