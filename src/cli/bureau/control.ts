import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../../app/ports.ts';
import type { OperatorAnswer, OperatorRequest } from '../../app/staff/request.ts';
import { readRequest } from './request.ts';

/**
 * The way into a running assistant for the bureau command: a socket in its directory that only its owner can open. One
 * line of JSON in, one out, and these verbs only.
 */

const NAME = 'control.sock';
/** A list of some ten thousand firms. */
const MOST_BYTES = 16_000_000;

/** Where nobody answers. */
export class NobodyThere extends Error {
  constructor() {
    super('no assistant answers at the control socket');
    this.name = 'NobodyThere';
  }
}

/** Opens the socket. Without one the assistant runs all the same. @returns closes it. */
export async function openControl(
  stateDir: string,
  run: (request: OperatorRequest) => Promise<OperatorAnswer>,
  log: Log,
): Promise<() => Promise<void>> {
  const path = join(stateDir, NAME);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // Whoever asked has gone away: there is nobody to tell.
    socket.on('error', () => socket.destroy());
    void serve(socket, run, log);
  });
  try {
    // Left by a process that died: the directory is ours alone now.
    await rm(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
    await chmod(path, 0o600);
  } catch (error) {
    log.warn('control.not-open', { error: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
    server.close();
    return async () => undefined;
  }
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await rm(path, { force: true });
  };
}

async function serve(
  socket: Socket,
  run: (request: OperatorRequest) => Promise<OperatorAnswer>,
  log: Log,
): Promise<void> {
  try {
    const line = await lineOf(socket);
    const request = line === undefined ? undefined : await readRequest(line);
    if (!request) {
      socket.destroy();
      return;
    }
    socket.end(`${JSON.stringify(await run(request))}\n`);
  } catch (error) {
    log.error('control.failed', { error: error instanceof Error ? error.name : typeof error });
    socket.destroy();
  }
}

/** Up to the first line feed; undefined when it does not come, or too much before it. */
async function lineOf(socket: Socket): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of socket.iterator({ destroyOnReturn: false })) {
    const chunk = Buffer.from(part as Uint8Array);
    const end = chunk.indexOf(0x0a);
    parts.push(end < 0 ? chunk : chunk.subarray(0, end));
    bytes += chunk.length;
    if (end >= 0) return Buffer.concat(parts).toString('utf8');
    if (bytes > MOST_BYTES) return undefined;
  }
  return undefined;
}

/** Asks the assistant that has the directory. @throws NobodyThere; Error when it does not answer. */
export async function askRunning(stateDir: string, request: OperatorRequest): Promise<OperatorAnswer> {
  const socket = connect(join(stateDir, NAME));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', () => reject(new NobodyThere()));
  });
  socket.write(`${JSON.stringify(request)}\n`);
  const line = await lineOf(socket);
  socket.destroy();
  if (line === undefined) throw new Error('the assistant did not answer');
  return JSON.parse(line) as OperatorAnswer;
}
