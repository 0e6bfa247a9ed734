import { GrammyError, HttpError } from 'grammy';
import type { Sent } from '../../app/outports.ts';

/** Failures that come before a request has left: there is no connection it could have gone through. */
const NO_CONNECTION = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'EPROTO'],
]);

/** What an attempt to send came to, from the error it threw. `partsSent`: parts of the reply that are through. */
export function outcomeOf(error: unknown, partsSent: number): Sent {
  const parts = { partsSent };
  if (error instanceof GrammyError) return ofAnswer(error, parts);
  if (hasNoConnection(error)) return { kind: 'later', scope: 'channel', ...parts };
  return { kind: 'ambiguous', ...parts };
}

function ofAnswer(error: GrammyError, parts: { readonly partsSent: number }): Sent {
  const { error_code: code, parameters } = error;
  const description = textOf(error);
  if (code === 429) {
    const seconds = parameters.retry_after;
    // The platform does not say whether the chat or the whole account is over its limit.
    return {
      kind: 'later',
      scope: 'channel',
      ...(seconds === undefined ? {} : { afterMs: seconds * 1_000 }),
      ...parts,
    };
  }
  // The token is not accepted at the moment: nothing at all can be sent.
  if (code === 401 || code === 404) return { kind: 'later', scope: 'channel', ...parts };
  if (code >= 500) return { kind: 'later', scope: 'chat', ...parts };
  if (code === 403)
    return { kind: 'unreachable', reason: /deactivated/i.test(description) ? 'deactivated' : 'blocked' };
  if (code === 400 && /chat not found|upgraded to a supergroup|PEER_ID_INVALID/i.test(description))
    return { kind: 'unreachable', reason: 'unknown-chat' };
  return { kind: 'refused', reason: reasonOf(code, description), ...parts };
}

/** A server that is none of Telegram's may leave it out. */
function textOf({ description }: { readonly description?: unknown }): string {
  return typeof description === 'string' ? description : '';
}

/** The platform's own words, as far as they can be no one's. */
function reasonOf(code: number, description: string): string {
  const words = description.replace(/[^A-Za-z0-9_ ,:'-]/g, '').slice(0, 80);
  return `${code} ${words}`.trim();
}

/** Whether the request never left. */
export function hasNoConnection(error: unknown): boolean {
  const cause = error instanceof HttpError ? error.error : error;
  if (!(cause instanceof Error)) return false;
  const code = codeOf(cause);
  return NO_CONNECTION.has(code) || (code === 'ETIMEDOUT' && cause.message.includes('connect ETIMEDOUT'));
}

/** The system's or the platform's code of an error, for the log: neither address nor token. */
export function codeOf(error: unknown): string {
  if (error instanceof GrammyError) return String(error.error_code);
  const cause = error instanceof HttpError ? error.error : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : typeof cause;
}
