import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import type { OwnServer } from '../support/postgres.ts';
import { heardCodec, type Order, type Report } from './postgres-worker.ts';

/** What happens to the processes or to the database. */
export type Accident = 'kill' | 'crash' | 'restart';

export interface SwarmOptions {
  readonly chats: number;
  readonly perChat: number;
  /** What happens, spread evenly over the messages. */
  readonly accidents: readonly Accident[];
  /** The program that handles the messages, with what it is told besides the database. Default: the store alone. */
  readonly worker?: { readonly file: string; readonly args: readonly string[] };
  /** Called when all have started, and when an accident has ended: a process is dead, or the database is back. */
  readonly healed?: () => void;
}

/** What the swarm came to. All but the numbers of messages and milliseconds should be zero. */
export interface SwarmOutcome {
  readonly messages: number;
  readonly ms: number;
  /** Messages missing from a chat, or in the wrong order. */
  readonly lost: number;
  readonly disordered: number;
  /** Messages that took effect twice. */
  readonly twice: number;
  /** Refused because the database was away for too long; handed in again. */
  readonly failed: number;
  /** Longest time (ms) from an accident's end until everything under way at that moment was handled. */
  readonly slowestRecovery: number;
  /**
   * Longest time (ms) from the death of the lease's holder, or the return of a database that was away meanwhile, to its
   * successor; and moments with two of them.
   */
  readonly slowestTakeover: number;
  readonly twoHolders: number;
}

const STORE_WORKER = join(import.meta.dirname, 'postgres-worker.ts');
const WORKERS = 3;
const MOST_STARTS = 30;
/** Messages of one chat that are under way at once. */
const AHEAD = 3;
const CHATS_AT_ONCE = 120;

interface Worker {
  readonly child: ChildProcess;
  /** Orders that it has not answered, oldest first. */
  readonly orders: Map<number, Order>;
}

/** Processes that handle messages, and what happens to them. */
export class Swarm {
  private readonly server: OwnServer;
  private readonly url: string;
  private readonly options: SwarmOptions;
  private readonly workers: Worker[] = [];
  /** Next message of each chat that is open. */
  private readonly open = new Map<string, { next: number; unanswered: number; worker: Worker }>();
  private started = 0;
  private done = 0;
  private ids = 0;
  private turns = 0;
  private holder: { readonly worker: Worker; lostAt?: number } | undefined;
  /** A holder that has not said yet when it lost the lease that another one has since this instant. */
  private doubted: { readonly worker: Worker; readonly until: number } | undefined;
  /** When the database came back last. */
  private back = 0;
  private finished: () => void = () => undefined;
  private troubles: Promise<void>[] = [];
  private recoveries: { readonly since: number; readonly waiting: Set<string> }[] = [];
  readonly counts = { twice: 0, failed: 0, slowestRecovery: 0, slowestTakeover: 0, twoHolders: 0 };

  constructor(server: OwnServer, url: string, options: SwarmOptions) {
    this.server = server;
    this.url = url;
    this.options = options;
  }

  /** Has all messages handled, and then waits for `rest`. @returns how long (ms) it took, the starts left out. */
  async run(rest: () => Promise<unknown> = async () => undefined): Promise<number> {
    await Promise.all(Array.from({ length: WORKERS }, () => this.addWorker()));
    const start = performance.now();
    this.options.healed?.();
    const end = new Promise<void>((resolve) => {
      this.finished = resolve;
    });
    while (this.open.size < Math.min(CHATS_AT_ONCE, this.options.chats)) this.openChat();
    await end;
    await Promise.all(this.troubles);
    await rest();
    const ms = Math.round(performance.now() - start);
    // The last accident may have been the holder's death.
    while (this.holder?.lostAt !== undefined) await pause(100);
    for (const { child } of this.workers) {
      child.disconnect();
      await once(child, 'exit');
    }
    return ms;
  }

  private async addWorker(attempts = 1): Promise<void> {
    const { file, args } = this.options.worker ?? { file: STORE_WORKER, args: [] };
    const child = fork(file, [this.url, ...args], {
      execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const worker: Worker = { child, orders: new Map() };
    const ready = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)]);
    // A process that starts while the database is away ends; whoever runs it starts it again.
    if (ready === undefined) {
      if (attempts === MOST_STARTS) throw new Error('a worker ends whenever it is started');
      return this.addWorker(attempts + 1);
    }
    this.workers.push(worker);
    child.on('message', (report: Report) =>
      'lease' in report ? this.leased(worker, report) : this.answered(worker, report),
    );
  }

  private openChat(): void {
    if (this.started >= this.options.chats) return;
    const chat = `chat:${this.started}`;
    this.started += 1;
    this.open.set(chat, { next: 0, unanswered: 0, worker: this.someWorker() });
    this.sendMore(chat);
  }

  private someWorker(): Worker {
    this.turns += 1;
    return this.workers[this.turns % this.workers.length]!;
  }

  private sendMore(chat: string): void {
    const state = this.open.get(chat)!;
    // Another process takes over only when nothing of the chat is under way: order across processes is theirs to keep.
    if (state.unanswered === 0) state.worker = this.someWorker();
    while (state.unanswered < AHEAD && state.next < this.options.perChat) {
      state.unanswered += 1;
      this.send(state.worker, { chat, n: state.next, again: false });
      state.next += 1;
    }
  }

  private send(worker: Worker, order: Omit<Order, 'id'>): void {
    this.ids += 1;
    const numbered = { ...order, id: this.ids };
    worker.orders.set(numbered.id, numbered);
    worker.child.send(numbered);
  }

  private answered(worker: Worker, { id, outcome }: Extract<Report, { id: number }>): void {
    const order = worker.orders.get(id);
    worker.orders.delete(id);
    // What a killed worker still had to say: its orders are with another by now.
    if (order === undefined) return;
    if (outcome === 'failed') {
      this.counts.failed += 1;
      this.send(worker, { ...order, again: true });
      return;
    }
    if (outcome === 'twice') this.counts.twice += 1;
    this.recovered(`${order.chat} ${order.n}`);
    this.done += 1;
    const state = this.open.get(order.chat)!;
    state.unanswered -= 1;
    if (state.next < this.options.perChat) this.sendMore(order.chat);
    else if (state.unanswered === 0) {
      this.open.delete(order.chat);
      this.openChat();
    }
    const { accidents, chats, perChat } = this.options;
    const share = Math.floor((chats * perChat) / (accidents.length + 1));
    const accident = this.done % share === 0 ? accidents[this.done / share - 1] : undefined;
    if (accident !== undefined) this.troubles.push(this.suffer(accident));
    if (this.open.size === 0) this.finished();
  }

  private async suffer(accident: Accident): Promise<void> {
    if (accident === 'kill') {
      await this.kill();
      return;
    }
    await (accident === 'crash' ? this.server.crash() : this.server.stop());
    await this.server.start();
    this.back = performance.timeOrigin + performance.now();
    this.options.healed?.();
    this.recovering(this.workers.flatMap(({ orders }) => [...orders.values()]));
  }

  private async kill(): Promise<void> {
    // Somebody has to be left to take over.
    while (this.workers.length < 2) await pause(50);
    const [worker] = this.workers.splice(this.done % this.workers.length, 1);
    if (worker === undefined) return;
    const exit = once(worker.child, 'exit');
    worker.child.kill('SIGKILL');
    this.options.healed?.();
    if (this.holder?.worker === worker) this.holder.lostAt = performance.timeOrigin + performance.now();
    const orphans = [...worker.orders.values()];
    worker.orders.clear();
    this.recovering(orphans);
    const heirs = new Map<string, Worker>();
    for (const order of orphans) {
      // In their order, and all of one chat to one process.
      const heir = heirs.get(order.chat) ?? this.someWorker();
      heirs.set(order.chat, heir);
      this.open.get(order.chat)!.worker = heir;
      this.send(heir, { ...order, again: true });
    }
    await exit;
    await this.addWorker();
  }

  private recovering(orders: readonly Order[]): void {
    const waiting = new Set(orders.map(({ chat, n }) => `${chat} ${n}`));
    this.recoveries.push({ since: performance.now(), waiting });
  }

  private recovered(message: string): void {
    for (const { since, waiting } of this.recoveries) {
      if (waiting.delete(message) && waiting.size === 0)
        this.counts.slowestRecovery = Math.max(this.counts.slowestRecovery, Math.round(performance.now() - since));
    }
    this.recoveries = this.recoveries.filter(({ waiting }) => waiting.size > 0);
  }

  private leased(worker: Worker, { lease, at }: Extract<Report, { lease: string }>): void {
    if (lease === 'lost') {
      // Reports of two processes may come in either order; the instants in them tell.
      if (this.doubted?.worker === worker) {
        if (at > this.doubted.until) this.counts.twoHolders += 1;
        this.doubted = undefined;
      } else if (this.holder?.worker === worker) this.holder.lostAt = at;
      return;
    }
    // The last word of a process that has been killed since.
    if (!this.workers.includes(worker)) return;
    const before = this.holder;
    if (before?.lostAt !== undefined && before.lostAt > at) this.counts.twoHolders += 1;
    if (before !== undefined && before.lostAt === undefined && before.worker !== worker) {
      if (this.doubted) this.counts.twoHolders += 1;
      this.doubted = { worker: before.worker, until: at };
    }
    if (before?.lostAt !== undefined && before.worker !== worker)
      this.counts.slowestTakeover = Math.max(
        this.counts.slowestTakeover,
        Math.round(at - Math.max(before.lostAt, this.back)),
      );
    this.holder = { worker };
  }
}

/** Lets three processes handle messages on one database while they are killed and it is brought down. */
export async function runSwarm(server: OwnServer, options: SwarmOptions): Promise<SwarmOutcome> {
  const url = await server.database();
  const swarm = new Swarm(server, url, options);
  const ms = await swarm.run();
  const quiet = (): void => undefined;
  const store = await postgresStore({ url, codec: heardCodec, log: { info: quiet, warn: quiet, error: quiet } });
  let [lost, disordered] = [0, 0];
  for (let index = 0; index < options.chats; index += 1) {
    const heard = (await store.read(`chat:${index}`))?.heard ?? [];
    lost += options.perChat - new Set(heard).size;
    disordered += heard.filter((n, at) => n !== at).length;
  }
  await store.close();
  return { messages: options.chats * options.perChat, ms, lost, disordered, ...swarm.counts };
}
