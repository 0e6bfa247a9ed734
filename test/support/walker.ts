import type { Reply, ReplyChoice } from '../../src/dialogue/index.ts';
import type { Talk } from './kit.ts';

/** Facts in their outside form, as `check` takes them. */
export type Persona = Record<string, unknown>;

type Value = string | number | boolean | null;

/** Negative events: nobody asserted them, so they are "none". */
const EVENTS =
  /(?:sanction_date|red_invoice|recognised_amount_yuan|file_exception|transferred|already_used|reused_for_other_redemption|submitted_online_at)$/;

/** What a persona would say about a fact: its value, false for what it does not have, null for what it does not know. */
export function factOf(persona: Persona, path: string): Value {
  const listed = /^(\w+)\[([a-z_]+)\](?:\.(\w+))?$/.exec(path);
  if (listed) {
    const [, list = '', id = '', attribute] = listed;
    const items = persona[list] as (string | Record<string, Value>)[] | undefined;
    if (!items) return null;
    const item = items.find((one) => (typeof one === 'string' ? one : one['type']) === id);
    if (item === undefined) return false;
    return attribute === undefined || typeof item === 'string' ? true : (item[attribute] ?? null);
  }
  let at: unknown = persona;
  for (const part of path.replace(/\[(\d+)\]/g, '.$1').split('.'))
    at = (at as Record<string, unknown> | null | undefined)?.[part];
  if (at === undefined || at === null) return EVENTS.test(path) ? false : null;
  return at as Value;
}

function fits(choice: ReplyChoice, persona: Persona, all: readonly ReplyChoice[]): boolean {
  const sets = Object.entries(choice.sets ?? {});
  if (sets.length === 0) return false;
  return sets.every(([path, value]) => {
    const own = factOf(persona, path);
    if (own === value) return true;
    // 其他 stands for every value that no other choice names.
    if (sets.length > 1) return false;
    return (
      value === '其他' &&
      typeof own === 'string' &&
      !all.some((other) => other !== choice && other.sets?.[path] === own)
    );
  });
}

/** Answers one question the way the persona would, by pressing a button where there is one. */
export function answer(talk: Talk, asked: Reply, persona: Persona): void {
  const { ask, choices = [] } = asked;
  if (!ask) throw new Error('nothing was asked');
  const path = ask.facts[0] ?? '';
  if (ask.step === 'services.more') {
    const index = Number(/\d+/.exec(path)?.[0]);
    const services = (persona['services'] as unknown[] | undefined) ?? [];
    talk.press(services.length > index ? 'yes' : 'no');
    return;
  }
  const fitting = choices.filter((choice) => fits(choice, persona, choices));
  switch (ask.kind) {
    case 'bundle':
      talk.press(fitting[0]?.id ?? choices.find((choice) => choice.sets === undefined)?.id ?? '');
      return;
    case 'multi': {
      // The general "not known" is not meant for single items; a list of doubts offers null for each.
      const known = fitting.filter((choice) => choice.id !== 'unknown');
      const doubts = known.some((choice) => Object.values(choice.sets ?? {}).includes(null));
      const unsure = !doubts && ask.facts.some((fact) => factOf(persona, fact) === null);
      if (known.length > 0) talk.press(known.map((choice) => choice.id).join(' ') + (unsure ? ' unknown' : ''));
      else talk.type(unsure ? '不清楚' : '都没有');
      return;
    }
    case 'money':
    case 'count':
    case 'date':
    case 'text': {
      const value = factOf(persona, path);
      if (value === null) talk.press('unknown');
      else if (value === false) talk.press(fitting[0]?.id ?? 'none');
      else if (ask.kind === 'money') talk.type(`${String(value)}元`);
      else talk.type(String(value));
      return;
    }
    case 'choice':
    case 'yes_no':
      talk.press(fitting[0]?.id ?? 'unknown');
  }
}

/** Walks a persona from /check to its verdict; returns how many questions were put. */
export function walk(talk: Talk, programme: string, persona: Persona): number {
  talk.type(`/programme ${programme}`);
  talk.type('/check');
  for (let count = 0; count < 200; count += 1) {
    if (talk.result()) return count;
    const asked = talk.ask();
    if (!asked) throw new Error(`neither a question nor a verdict: ${talk.text()}`);
    answer(talk, asked, persona);
  }
  throw new Error('the interview does not end');
}
