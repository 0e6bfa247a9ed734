import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What answers on a path. */
export interface Mounted {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** The HTTP server of the process: what is mounted answers, everything else is not found. */
export interface HttpServer {
  /** The port it listens on, also when any was asked for. */
  readonly port: number;
  /** Gives a path to an application, until the returned function is called; then it is as before. */
  mount(path: string, app: Mounted): () => void;
  /** Takes no more requests and ends those under way. */
  close(): Promise<void>;
}

/** Slow senders hold a connection at most this long (ms) until their request is whole. */
const REQUEST_MS = 15_000;
const CLOSE_MS = 3_000;

/** Opens the server. @throws the system's error, such as EADDRINUSE. */
export function openHttp(host: string, port: number): Promise<HttpServer> {
  const mounted = new Map<string, Mounted>();
  const app = new Hono();
  app.all('*', (context) => mounted.get(context.req.path)?.fetch(context.req.raw) ?? context.body(null, 404));
  // Without this the library writes the error, with whatever it quotes, to standard error.
  app.onError((_error, context) => context.body(null, 500));
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }) as Server;
    server.requestTimeout = REQUEST_MS;
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        mount(path, one) {
          const before = mounted.get(path);
          mounted.set(path, one);
          return () => {
            if (before) mounted.set(path, before);
            else mounted.delete(path);
          };
        },
        close: () => closeServer(server),
      });
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
