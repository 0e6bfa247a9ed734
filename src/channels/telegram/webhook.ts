import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Update } from 'grammy/types';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../../app/ports.ts';
import type { Intake } from './intake.ts';

/** The path of the webhook on our server; a proxy in front may show it under another address. */
export const WEBHOOK_PATH = '/telegram';
/** The header in which the platform repeats the secret. */
export const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token';

/** Updates hold words, never files: this is many times the largest. */
const BODY_BYTES = 1_000_000;

export interface WebhookDeps {
  readonly secret: string;
  readonly intake: Pick<Intake, 'take'>;
  readonly log: Log;
}

/**
 * The webhook: 200 once what the update led to is stored, 500 when it could not be, so that the platform sends it again.
 * Without the secret nothing is read.
 */
export function webhookApp({ secret, intake, log }: WebhookDeps): Hono {
  const app = new Hono();
  const expected = digest(secret);
  app.post(
    WEBHOOK_PATH,
    async (context, next) => {
      const given = context.req.header(SECRET_HEADER) ?? '';
      // Digests have one length, so that the comparison tells nothing about the secret's.
      if (timingSafeEqual(digest(given), expected)) return next();
      log.warn('telegram.webhook-forged');
      return context.body(null, 401);
    },
    bodyLimit({ maxSize: BODY_BYTES, onError: (context) => context.body(null, 413) }),
    async (context) => {
      const update = updateOf(await context.req.text());
      if (!update) return context.body(null, 400);
      await intake.take(update);
      return context.body(null, 200);
    },
  );
  app.all(WEBHOOK_PATH, (context) => context.body(null, 405, { Allow: 'POST' }));
  app.onError((error, context) => {
    log.error('telegram.webhook-failed', { error: error.name });
    return context.body(null, 500);
  });
  return app;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function updateOf(text: string): Update | undefined {
  try {
    const data: unknown = JSON.parse(text);
    const isUpdate =
      typeof data === 'object' && data !== null && 'update_id' in data && Number.isSafeInteger(data.update_id);
    return isUpdate ? (data as Update) : undefined;
  } catch {
    return undefined;
  }
}
