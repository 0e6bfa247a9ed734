import { fold, normalise } from '../understanding/index.ts';
import type { CommandId, CommandSpec } from './script.ts';

export interface Command {
  readonly id: CommandId;
  readonly argument: string;
}

const SLASH = /^\/([A-Za-z]{1,20})(?:@\w{1,40})?(?:\s+([\s\S]*))?$/;

/** A slash command; it always wins. `undefined` for a slash word that is no command. */
export function slashCommand(text: string, commands: readonly CommandSpec[]): Command | undefined {
  const parts = SLASH.exec(normalise(text).trim());
  if (!parts) return undefined;
  const name = (parts[1] ?? '').toLowerCase();
  const spec = commands.find((command) => command.slash === name);
  if (!spec) return undefined;
  const argument = (parts[2] ?? '').trim();
  return { id: spec.id, argument: argument === '' ? (spec.argument ?? '') : argument };
}

const words = new WeakMap<readonly CommandSpec[], ReadonlyMap<string, number>>();

/** The first command of the list for each of its words, folded. */
function byWord(commands: readonly CommandSpec[]): ReadonlyMap<string, number> {
  const known = words.get(commands);
  if (known) return known;
  const made = new Map<string, number>();
  commands.forEach((spec, index) => {
    for (const word of spec.words.map(fold)) if (!made.has(word)) made.set(word, index);
  });
  words.set(commands, made);
  return made;
}

/** No command in words is longer, with its argument. */
const LONGEST = 80;

/** A command in words, only when it is the whole message. */
export function wordCommand(text: string, commands: readonly CommandSpec[]): Command | undefined {
  const plain = normalise(text).trim();
  if (plain.length > LONGEST) return undefined;
  const whole = fold(plain);
  const folded = whole.replace(/[吧啊呀了]$/, '');
  const known = byWord(commands);
  const first = Math.min(known.get(folded) ?? Infinity, known.get(whole) ?? Infinity);
  const named = commands[first];
  if (named) return { id: named.id, argument: named.argument ?? '' };
  for (const spec of commands) {
    const found = spec.pattern?.exec(plain);
    if (found) return { id: spec.id, argument: (found[1] ?? '').trim() };
  }
  return undefined;
}
