import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What becomes of the next message to the server that holds the marker. */
type Accident =
  /** It never leaves. */
  | 'lost'
  /** The server acts on it; the answer never comes. */
  | 'unanswered'
  /** The connection breaks; the server gets it when `arrive` is called. */
  | 'late'
  /** It goes through, but `meanwhile` comes first. */
  | 'overtaken';

/** A network between store and server in which things go wrong on demand. */
export interface Proxy {
  /** The address of the database by way of the proxy. */
  readonly url: string;
  /** Lets the next message with this statement's name meet an accident; `meanwhile` runs before the store notices. */
  next(statement: string, accident: Accident, meanwhile?: () => Promise<unknown>): void;
  /** Hands over what is late; resolves when the server has answered it. */
  arrive(): Promise<void>;
  /** Connections that break as soon as they are made, or not. */
  refuse(on: boolean): void;
  close(): Promise<void>;
}

interface Planned {
  readonly statement: string;
  readonly accident: Accident;
  readonly meanwhile: () => Promise<unknown>;
}

export async function proxyTo(url: string): Promise<Proxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let planned: Planned | undefined;
  let refusing = false;
  let arrive = async (): Promise<void> => undefined;

  const server = createServer((near) => {
    if (refusing) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port === '' ? 5432 : target.port), target.hostname);
    let deaf = false;
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.on('close', () => deaf || far.destroy());
    far.on('close', () => deaf || near.destroy());
    far.on('data', (data) => deaf || near.write(data));
    near.on('data', (data) => {
      const plan = planned;
      if (plan === undefined || !data.includes(plan.statement)) {
        far.write(data);
        return;
      }
      planned = undefined;
      if (plan.accident === 'overtaken') {
        void plan.meanwhile().then(() => far.write(data));
        return;
      }
      deaf = true;
      const send = async (): Promise<void> => {
        far.write(data);
        await once(far, 'data');
        far.destroy();
      };
      void (async () => {
        if (plan.accident === 'unanswered') await send();
        if (plan.accident === 'late') arrive = send;
        await plan.meanwhile();
        near.destroy();
        if (plan.accident === 'lost') far.destroy();
      })();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    next(statement, accident, meanwhile = async () => undefined) {
      planned = { statement, accident, meanwhile };
    },
    arrive: () => arrive(),
    refuse(on) {
      refusing = on;
      if (on) for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
