import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { faultsOf, type Utterance } from './utterances.ts';

/** A message of test/conversations/asked: patterns are written out, or named as `@name` in patterns.json. */
interface Asked {
  readonly id: string;
  readonly text: string;
  readonly intent: string;
  readonly programme?: string;
  readonly now?: string;
  readonly must: readonly string[];
  readonly never?: readonly string[];
}

const DIR = resolve(import.meta.dirname, '../conversations/asked');

function patternOf(names: Readonly<Record<string, string>>, one: string): string {
  if (!one.startsWith('@')) return one;
  const source = names[one.slice(1)];
  if (source === undefined) throw new Error(`patterns.json has no ${one.slice(1)}`);
  return source;
}

/** The messages of a file of test/conversations/asked. */
export function askedIn(file: string): readonly Utterance[] {
  const names = JSON.parse(readFileSync(resolve(DIR, 'patterns.json'), 'utf8')) as Readonly<Record<string, string>>;
  return readFileSync(resolve(DIR, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Asked)
    .map(({ id, text, intent, programme, now, must, never = [] }) => ({
      ...{ id, text, intent },
      slots: {
        ...(programme === undefined ? {} : { session_program: programme }),
        ...(now === undefined ? {} : { now }),
      },
      must_contain: must.map((one) => patternOf(names, one)),
      must_not_contain: never.map((one) => patternOf(names, one)),
    }));
}

/** What was not answered as it should be, and the share of what was (0..1). */
export function answered(messages: readonly Utterance[]): {
  readonly share: number;
  readonly missed: readonly string[];
} {
  const missed = messages.filter((one) => faultsOf(one).length > 0).map(({ id, text }) => `${id} ${text}`);
  return { share: 1 - missed.length / messages.length, missed };
}
