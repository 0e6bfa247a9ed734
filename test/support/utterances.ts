import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Talk } from './kit.ts';

/** A message, and the patterns that the reply has to match and must not. */
export interface Utterance {
  readonly id: string;
  readonly text: string;
  readonly intent: string;
  readonly slots: { readonly session_program?: string; readonly now?: string };
  readonly must_contain: readonly string[];
  readonly must_not_contain: readonly string[];
}

const NOW = '2026-06-23T10:00:00+08:00';

/** The messages of test/conversations/utterances.jsonl. */
export const UTTERANCES: readonly Utterance[] = readFileSync(
  resolve(import.meta.dirname, '../conversations/utterances.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Utterance);

/** A reply in the form in which the patterns see it. */
export function normalised(reply: string): string {
  return reply
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\ufeff*`_#]/g, '')
    .replace(/[‐‑–—−﹣]/g, '-')
    .replace(/、/g, ',')
    .replace(/[ \t]+/g, ' ');
}

function pattern(source: string): RegExp {
  return new RegExp(source.replaceAll('\\A', '(?<![\\s\\S])'), 'is');
}

/** What is wrong with the reply to a message in a new chat: patterns that are missing, and forbidden ones that match. */
export function faultsOf(utterance: Utterance): readonly string[] {
  const talk = new Talk(utterance.slots.now ?? NOW);
  if (utterance.slots.session_program !== undefined) talk.type(`/programme ${utterance.slots.session_program}`);
  talk.type(utterance.text);
  const reply = normalised(talk.text());
  const missing = utterance.must_contain.filter((one) => !pattern(one).test(reply));
  const forbidden = utterance.must_not_contain.filter((one) => pattern(one).test(reply));
  return [
    ...missing.map((one) => `missing ${one} in: ${reply}`),
    ...forbidden.map((one) => `forbidden ${one} in: ${reply}`),
  ];
}
