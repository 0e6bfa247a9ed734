import { check } from '../../policy/check.ts';
import type { Programme } from '../../policy/compile.ts';
import { write, type Io } from '../io.ts';
import { lineBatches } from '../lines.ts';
import { idOf, readRequest, type CheckRequest, type Defaults } from './envelope.ts';
import { InputFault } from './fault.ts';
import { readJson } from './input.ts';

/** The answer to a request as one line of JSON, without the line feed. */
export function answerOf({ id, programme, nowText, now, facts }: CheckRequest): string {
  return JSON.stringify({ id, program: programme.id, now: nowText, ...check(programme, facts, now) });
}

/** A fault as one line of JSON. */
export function errorOf(id: string | number | null, fault: InputFault): string {
  return JSON.stringify({ id, error: { path: fault.path, message: fault.message } });
}

/** The answer to one line; whatever is wrong with the input becomes an error line. */
export function answerLine(line: string, programmes: ReadonlyMap<string, Programme>, defaults: Defaults): string {
  let id: string | number | null = null;
  try {
    const input = readJson(line);
    id = idOf(input);
    return answerOf(readRequest(input, programmes, defaults));
  } catch (error) {
    if (error instanceof InputFault) return errorOf(id, error);
    throw error;
  }
}

/** Answers line by line, in order, reading no faster than the answers are taken. */
export async function checkLines(
  io: Io,
  programmes: ReadonlyMap<string, Programme>,
  defaults: Defaults,
): Promise<void> {
  for await (const lines of lineBatches(io.stdin))
    for (const line of lines) await write(io.stdout, `${answerLine(line, programmes, defaults)}\n`);
}
