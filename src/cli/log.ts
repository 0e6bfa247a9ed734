import type { Logger } from 'pino';
import type { Alarm } from '../app/dispatch/deps.ts';
import type { Log } from '../app/ports.ts';
import type { LogLevel } from '../config.ts';
import { STORE_NOTES } from '../../conversations/operations.ts';
import { redactor, type Redact } from './redact.ts';

/** Names under which words of a person, or secrets, could come. They have no business in a log, whoever passes them. */
const PRIVATE = new Set(['text', 'message', 'messages', 'reply', 'replies', 'label', 'name', 'phone', 'body', 'token']);
const LONGEST = 300;
const RANKS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
/** Errors that raise an alarm of their own, with more in it, where they happen. */
const TOLD_ELSEWHERE = new Set(['dispatch.refused', 'dispatch.gave-up', 'wechat.alarm', 'channel.start-failed']);

type Fields = Readonly<Record<string, string | number | boolean>>;

/** Fields as they may be written: none that could hold a person's words, no long text, no number of anybody. */
export function loggable(fields: Fields, redact: Redact = redactor()): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !PRIVATE.has(key))
      .map(([key, value]) => [key, typeof value === 'string' ? redact(value).slice(0, LONGEST) : value]),
  );
}

/**
 * The log on standard error, one JSON object per line, without these secrets. pino is loaded at the first line that is
 * to be written: a chat at a terminal rarely has one, and its start would be a fifth slower. Every error is passed to
 * `alarm` by its name, whatever the level.
 */
export function stderrLog(level: LogLevel, secrets: readonly string[] = [], alarm?: Alarm<string>): Log {
  let loading: Promise<Logger> | undefined;
  const lowest = RANKS.indexOf(level);
  const redact = redactor(secrets);
  const write = (rank: 'info' | 'warn' | 'error', operation: string, fields: Fields): void => {
    if (RANKS.indexOf(rank) < lowest) return;
    loading ??= openLogger(level);
    const note = STORE_NOTES[operation];
    const noted = note === undefined ? fields : { ...fields, note };
    void loading.then((logger) => logger[rank](loggable(noted, redact), redact(operation)));
  };
  return {
    info: (operation, fields = {}) => write('info', operation, fields),
    warn: (operation, fields = {}) => write('warn', operation, fields),
    error(operation, fields = {}) {
      write('error', operation, fields);
      if (!TOLD_ELSEWHERE.has(operation)) alarm?.(operation, {});
    },
  };
}

async function openLogger(level: LogLevel): Promise<Logger> {
  const { default: pino } = await import('pino');
  const destination = pino.destination({ fd: 2, sync: true });
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
