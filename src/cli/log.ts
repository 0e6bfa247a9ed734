import type { Logger } from 'pino';
import type { Log } from '../app/ports.ts';
import type { LogLevel } from '../config.ts';

/** Names under which words of a person, or secrets, could come. They have no business in a log, whoever passes them. */
const PRIVATE = new Set(['text', 'message', 'messages', 'reply', 'replies', 'label', 'name', 'phone', 'body', 'token']);
const LONGEST = 300;
const RANKS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

type Fields = Readonly<Record<string, string | number | boolean>>;

/** Fields as they may be written: none that could hold a person's words, no long text. */
export function loggable(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !PRIVATE.has(key))
      .map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, LONGEST) : value]),
  );
}

/**
 * The log on standard error, one JSON object per line. pino is loaded at the first line that is to be written: a chat at
 * a terminal rarely has one, and its start would be a fifth slower.
 */
export function stderrLog(level: LogLevel): Log {
  let loading: Promise<Logger> | undefined;
  const lowest = RANKS.indexOf(level);
  const write = (rank: 'info' | 'warn' | 'error', operation: string, fields: Fields): void => {
    if (RANKS.indexOf(rank) < lowest) return;
    loading ??= openLogger(level);
    void loading.then((logger) => logger[rank](loggable(fields), operation));
  };
  return {
    info: (operation, fields = {}) => write('info', operation, fields),
    warn: (operation, fields = {}) => write('warn', operation, fields),
    error: (operation, fields = {}) => write('error', operation, fields),
  };
}

async function openLogger(level: LogLevel): Promise<Logger> {
  const { default: pino } = await import('pino');
  const destination = pino.destination({ fd: 2, sync: true });
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
