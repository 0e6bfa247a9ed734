import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Update } from 'grammy/types';
import { readBody, type Body } from './body.ts';
import { Chats, type Shown } from './chats.ts';
import { Faults, flood, type Fault } from './faults.ts';
import { showing, type Answer, type Bot } from './methods.ts';
import { People } from './people.ts';
import { UpdateQueue } from './updates.ts';

export const TOKEN = '4242:test-token';

/** One call of the bot, as it arrived. */
export interface Call {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Milliseconds of the process clock. */
  readonly at: number;
  /** What went wrong with it as planned. */
  readonly fault?: Fault;
}

export interface BotApiOptions {
  /** A port that was free; default: any. */
  readonly port?: number;
  readonly bot?: Bot;
  /** Messages a second over all chats; more are refused with 429. */
  readonly perSecond?: number;
  /** Does not hold requests for updates, as simple fakes do not. */
  readonly noLongPoll?: boolean;
  /** Keeps no list of calls: for measurements. */
  readonly forgetful?: boolean;
}

/** A Bot API of our own on loopback: what the platform does, what may go wrong with it, and a record of everything. */
export class BotApi {
  readonly bot: Bot;
  readonly queue = new UpdateQueue();
  readonly chats = new Chats();
  readonly faults = new Faults();
  readonly people: People;
  readonly calls: Call[] = [];
  webhook: { readonly url: string; readonly secret: string | undefined } | undefined;
  /** Messages refused because the bot was too fast. */
  refused = 0;
  private readonly server: Server;
  private readonly options: BotApiOptions;
  private readonly watchers = new Set<() => void>();
  private window: number[] = [];
  private connections = 0;
  private open = 0;

  private constructor(options: BotApiOptions) {
    this.options = options;
    this.bot = options.bot ?? { id: 4242, username: 'voucher_bot' };
    this.people = new People(this.chats, this.bot, () => (this.queue.nextId += 1) - 1);
    this.server = createServer((request, response) => {
      this.open += 1;
      void this.serve(request, response)
        .catch(() => response.destroy())
        .finally(() => {
          this.open -= 1;
          this.look();
        });
    });
    this.server.on('connection', (socket) => {
      this.connections += 1;
      socket.once('close', () => {
        this.connections -= 1;
        this.look();
      });
    });
  }

  static async start(options: BotApiOptions = {}): Promise<BotApi> {
    const api = new BotApi(options);
    api.server.listen(options.port ?? 0, '127.0.0.1');
    await once(api.server, 'listening');
    return api;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get root(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when the condition holds; looked at whenever a call was answered or updates were confirmed. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
    });
  }

  /** Resolves when nobody is connected, as after the end of a process, and everything that was sent has had its effect. */
  async quiet(): Promise<void> {
    await this.until(() => this.connections === 0 && this.open === 0);
  }

  /** Has every condition that is waited for looked at. */
  look(): void {
    for (const watcher of this.watchers) watcher();
  }

  /** Resolves with the message of a chat that has this number, counted from 1, once it is there. */
  async shown(chat: number, count: number): Promise<Shown> {
    await this.until(() => this.chats.of(chat).length >= count);
    return this.chats.of(chat)[count - 1]!;
  }

  callsOf(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Hands an update to the bot: into the queue, or to its webhook, again until it is taken. */
  async give(update: Update): Promise<void> {
    if (!this.webhook) {
      this.queue.push(update);
      return;
    }
    while ((await this.post(JSON.stringify(update))) !== 200);
  }

  /** One request to the webhook. @returns its status. */
  async post(body: string, secret = this.webhook?.secret ?? ''): Promise<number> {
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
    const response = await fetch(this.webhook?.url ?? '', { method: 'POST', headers, body });
    await response.arrayBuffer();
    return response.status;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, via = '', token, method = ''] = /^(?:\/(\w+))?\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = await readBody(request);
    if (token !== TOKEN) {
      send(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
      return;
    }
    const fault = this.faults.take(method, body.fields['chat_id'] as number | undefined);
    if (this.options.forgetful !== true)
      this.calls.push({ method, fields: body.fields, at: performance.now(), ...(fault && { fault }) });
    switch (fault?.kind) {
      case 'refuse': {
        const { code: error_code, description, parameters } = fault;
        send(response, error_code, { ok: false, error_code, description, ...(parameters ? { parameters } : {}) });
        this.look();
        return;
      }
      case 'garbage':
        response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>no</html>');
        this.look();
        return;
      case 'break':
        if (fault.accepted) await this.answer(method, body, response, via);
        response.destroy();
        this.look();
        return;
      case 'hang':
        await this.answer(method, body, response, via);
        this.look();
        return;
      case 'wait':
        await fault.until;
        break;
      case undefined:
        break;
    }
    reply(response, await this.answer(method, body, response, via));
    this.look();
  }

  private async answer(
    method: string,
    body: Body,
    response: ServerResponse,
    via: string,
  ): Promise<Answer | 'conflict' | 'flood'> {
    const { fields } = body;
    if (method.startsWith('send') && method !== 'sendChatAction' && !this.mayLeave()) return 'flood';
    this.chats.via = via;
    const shown = showing(method, body, this.chats, this.bot);
    if (shown) return shown;
    switch (method) {
      case 'getMe':
        return { result: { id: this.bot.id, is_bot: true, first_name: 'bot', username: this.bot.username } };
      case 'getUpdates':
        return this.poll(fields, response);
      case 'setWebhook':
        this.webhook = { url: String(fields['url']), secret: fields['secret_token'] as string | undefined };
        return { result: true };
      case 'deleteWebhook':
        this.webhook = undefined;
        return { result: true };
      case 'answerCallbackQuery':
      case 'setMyCommands':
      case 'sendChatAction':
        return { result: true };
      default:
        return { refuse: 'Not Found: method not found' };
    }
  }

  private async poll(fields: Body['fields'], response: ServerResponse): Promise<Answer | 'conflict'> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { offset, limit = 100, timeout = 0 } = fields as { offset?: number; limit?: number; timeout?: number };
    const held = this.options.noLongPoll === true ? 0 : timeout * 1_000;
    const polling = this.queue.poll(offset, limit, held, gone.signal);
    // What it confirms is confirmed before it is answered.
    this.look();
    const polled = await polling;
    return polled === 'conflict' ? polled : { result: polled };
  }

  private mayLeave(): boolean {
    const { perSecond } = this.options;
    if (perSecond === undefined) return true;
    const now = performance.now();
    this.window = this.window.filter((at) => at > now - 1_000);
    if (this.window.length >= perSecond) {
      this.refused += 1;
      return false;
    }
    this.window.push(now);
    return true;
  }
}

function reply(response: ServerResponse, answer: Answer | 'conflict' | 'flood'): void {
  const refuse = (error_code: number, description: string, parameters?: object): void =>
    send(response, error_code, { ok: false, error_code, description, ...(parameters ? { parameters } : {}) });
  if (answer === 'conflict') refuse(409, 'Conflict: terminated by other getUpdates request');
  else if (answer === 'flood') {
    const { code, description, parameters } = flood(1) as { code: number; description: string; parameters?: object };
    refuse(code, description, parameters);
  } else if ('refuse' in answer) refuse(answer.refuse.startsWith('Not Found') ? 404 : 400, answer.refuse);
  else send(response, 200, { ok: true, result: answer.result });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
