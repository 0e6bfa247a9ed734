import { chmod, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** An open file. Offsets and lengths are bytes; every method rejects with the system's error. */
export interface OpenFile {
  /** Reads into the whole buffer, or up to the end of the file; the number of bytes read. */
  read(buffer: Buffer, position: number): Promise<number>;
  /** Writes some of the bytes; the number written, which may be less than given. */
  write(bytes: Buffer, position: number): Promise<number>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** The few file operations the journal needs. Others may be handed in: a disk with quotas, one that fails on purpose. */
export interface Files {
  /** Creates the directory with mode 0700, or narrows an existing one to it. */
  makeDirectory(dir: string): Promise<void>;
  list(dir: string): Promise<string[]>;
  /** Creates a file with mode 0600 that must not exist yet. */
  create(path: string): Promise<OpenFile>;
  open(path: string): Promise<OpenFile>;
  /** The file's text, or undefined when there is none. */
  readText(path: string): Promise<string | undefined>;
  /** Writes the whole file (mode 0600) so that after a crash there is either the old or the new one. */
  replace(path: string, data: string | Buffer): Promise<void>;
  /** Removes the file; none is no error. */
  remove(path: string): Promise<void>;
  /** Makes the names in the directory durable. */
  syncDirectory(dir: string): Promise<void>;
}

/** Whether the error carries the system's error code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function openFile(handle: FileHandle): OpenFile {
  return {
    async read(buffer, position) {
      let done = 0;
      while (done < buffer.length) {
        const { bytesRead } = await handle.read(buffer, done, buffer.length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    },
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    datasync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  };
}

async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the names of new directories durable, from the innermost to the outermost. */
async function syncParents(innermost: string, outermost: string): Promise<void> {
  for (let at = innermost; at.length >= outermost.length; at = dirname(at)) {
    try {
      await syncDirectory(dirname(at));
    } catch (error) {
      // One that may be passed through but not read cannot be flushed; what lies in it is not ours.
      if (!hasCode(error, 'EACCES')) throw error;
    }
  }
}

/** The files of the operating system. */
export const nodeFiles: Files = {
  async makeDirectory(dir) {
    const first = await mkdir(dir, { recursive: true, mode: 0o700 });
    await chmod(dir, 0o700);
    // A new directory is lost with everything in it if only its own contents are made durable.
    if (first !== undefined) await syncParents(resolve(dir), resolve(first));
  },
  list: (dir) => readdir(dir),
  create: async (path) => openFile(await open(path, 'wx+', 0o600)),
  open: async (path) => openFile(await open(path, 'r+')),
  async readText(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  },
  async replace(path, data) {
    // Loaded by need: nothing is replaced while a store is opened and a first message handled.
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(path, data, { mode: 0o600, fsync: true });
  },
  async remove(path) {
    try {
      await unlink(path);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  },
  syncDirectory,
};
