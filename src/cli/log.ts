import pino from 'pino';
import type { Log } from '../app/ports.ts';
import type { LogLevel } from '../config.ts';

/** Names under which words of a person, or secrets, could come. They have no business in a log, whoever passes them. */
const PRIVATE = new Set(['text', 'message', 'messages', 'reply', 'replies', 'label', 'name', 'phone', 'body', 'token']);
const LONGEST = 300;

type Fields = Readonly<Record<string, string | number | boolean>>;

/** Fields as they may be written: none that could hold a person's words, no long text. */
export function loggable(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !PRIVATE.has(key))
      .map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, LONGEST) : value]),
  );
}

/** The log on standard error, one JSON object per line; written at once, so that nothing is lost at an exit. */
export function stderrLog(level: LogLevel): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
  return {
    info: (operation, fields = {}) => logger.info(loggable(fields), operation),
    warn: (operation, fields = {}) => logger.warn(loggable(fields), operation),
    error: (operation, fields = {}) => logger.error(loggable(fields), operation),
  };
}
