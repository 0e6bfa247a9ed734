import { Hono } from 'hono';
import type { Log } from '../../app/ports.ts';
import type { HttpServer } from './server.ts';

export const HEALTH_PATH = '/healthz';
export const READY_PATH = '/readyz';
export const METRICS_PATH = '/metrics';

export interface OperationsDeps {
  /** What /readyz says: the body as JSON, and whether it is good. */
  readonly ready: () => Promise<{ readonly ready: boolean; readonly body: object }>;
  /** What /metrics says. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly log: Log;
}

/** Nobody in between may keep an answer that is true only now. */
const HEADERS = { 'Cache-Control': 'no-store' };

/** Opens the paths for those who watch the process: GET (and HEAD) only, a body is never read. */
export function mountOperations(server: HttpServer, deps: OperationsDeps): void {
  for (const path of [HEALTH_PATH, READY_PATH, METRICS_PATH]) server.mount(path, operationsApp(deps));
}

/** The application behind those paths. */
export function operationsApp({ ready, metrics, log }: OperationsDeps): Hono {
  const app = new Hono();
  app.get(HEALTH_PATH, (context) => context.json({ status: 'ok' }, 200, HEADERS));
  app.get(READY_PATH, async (context) => {
    const { ready: isReady, body } = await ready();
    return context.json(body, isReady ? 200 : 503, HEADERS);
  });
  app.get(METRICS_PATH, async (context) => {
    const { type, text } = await metrics();
    return context.body(text, 200, { ...HEADERS, 'Content-Type': type });
  });
  app.all('*', (context) => context.body(null, 405, { Allow: 'GET, HEAD' }));
  app.onError((error, context) => {
    log.error('http.failed', { error: error.name });
    return context.body(null, 500);
  });
  return app;
}
