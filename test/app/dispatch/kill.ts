import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { build } from 'esbuild';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { KILL_LIMITS } from './kill-limits.ts';
import { seeded } from './time.ts';
import { broadcast, put } from './world.ts';

/** What a broadcast with kills brought to light. */
export interface DispatchKills {
  readonly kills: number;
  readonly attempts: number;
  /** Receivers who never got it. */
  readonly missed: number;
  /** Times it was shown beyond the first, and what the kills allow: kills × messages under way. */
  readonly duplicates: number;
  readonly allowed: number;
  /** Receivers who got it more than once while the ledger does not say that they may have. */
  readonly unmarked: number;
  /** Lines in the ledger that say so: one for a receiver, however often a kill met them. */
  readonly marked: number;
  /** Receivers whose ledger does not say `sent`. */
  readonly unsettled: number;
}

const SOURCE = 'broadcast:kill';
const ROOT = resolve(import.meta.dirname, '../../..');
const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };

/** Sends a broadcast through processes that are killed with SIGKILL, and at last through one that is not. */
export async function killDispatcher(dir: string, recipients: number, kills: number, seed = 1): Promise<DispatchKills> {
  const chats = Array.from({ length: recipients }, (_, n) => `test:${n}`);
  const setUp = await lowdbStore({ dir, codec: chatCodec, log });
  await Promise.all(chats.map((chat) => put(setUp, chat, broadcast(SOURCE, '群发'))));
  await setUp.close();
  const random = seeded(seed);
  const platform = await startPlatform(random);
  const program = await bundled();
  let done = 0;
  try {
    while (done < kills) {
      // So that the kills are spread over the whole broadcast: this many more messages, on average, until the next.
      const share = (recipients - platform.shown.size) / (kills - done);
      const after = Math.floor(2 * random() * share);
      if (!(await killOnce(program.file, dir, platform, platform.attempts + after, Math.floor(random() * 400)))) break;
      done += 1;
    }
    await once(start(program.file, dir, platform.address), 'close');
  } finally {
    await program.remove();
    await platform.close();
  }
  return compare(dir, chats, platform, done);
}

/** Whether the process was killed; it may have come to its end before. */
async function killOnce(
  file: string,
  dir: string,
  platform: Platform,
  attempts: number,
  turns: number,
): Promise<boolean> {
  const child = start(file, dir, platform.address);
  const exit = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) if (line === 'attached') break;
  await Promise.race([platform.reached(attempts), exit]);
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  child.kill('SIGKILL');
  const [, signal] = (await exit) as [number | null, string | null];
  return signal === 'SIGKILL';
}

async function compare(
  dir: string,
  chats: readonly string[],
  platform: Platform,
  kills: number,
): Promise<DispatchKills> {
  const store = await lowdbStore({ dir, codec: chatCodec, log });
  let [missed, duplicates, unmarked, marked, unsettled] = [0, 0, 0, 0, 0];
  for (const chat of chats) {
    const line = (await store.read(chat))?.ledger?.find(({ source }) => source === SOURCE);
    const shown = platform.shown.get(chat) ?? 0;
    if (shown === 0) missed += 1;
    duplicates += Math.max(0, shown - 1);
    if (shown > 1 && line?.repeated !== true) unmarked += 1;
    if (line?.repeated === true) marked += 1;
    if (line?.outcome !== 'sent') unsettled += 1;
  }
  await store.close();
  const allowed = kills * KILL_LIMITS.inFlight;
  return { kills, attempts: platform.attempts, missed, duplicates, allowed, unmarked, marked, unsettled };
}

interface Platform {
  readonly address: string;
  /** How often each chat was shown something. */
  readonly shown: Map<string, number>;
  attempts: number;
  /** Resolves when so many attempts have come in. */
  reached(attempts: number): Promise<void>;
  close(): Promise<void>;
}

/** A platform on this machine that shows everything and takes its time to answer. */
async function startPlatform(random: () => number): Promise<Platform> {
  const shown = new Map<string, number>();
  let waiting: { readonly attempts: number; readonly resolve: () => void } | undefined;
  const server = createServer((request, response) => {
    void json(request).then(
      (body) => {
        const { chat } = body as { readonly chat: string };
        shown.set(chat, (shown.get(chat) ?? 0) + 1);
        platform.attempts += 1;
        if (waiting && platform.attempts >= waiting.attempts) waiting.resolve();
        setTimeout(() => response.end('ok'), 20 + 80 * random());
      },
      // The sender was killed in the middle of it.
      () => response.destroy(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const platform: Platform = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    shown,
    attempts: 0,
    reached: (attempts) =>
      new Promise((resolve) => {
        waiting = { attempts, resolve };
        if (platform.attempts >= attempts) resolve();
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return platform;
}

function start(file: string, dir: string, address: string): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, [file, dir, address], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The sending process as one file: two hundred starts through a loader would take longer than all the rest. */
async function bundled(): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(join(cache, 'dispatch-'));
  const file = join(dir, 'child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'kill-child.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return { file, remove: () => rm(dir, { recursive: true, force: true }) };
}
