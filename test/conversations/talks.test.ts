import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { playTalk, readTalk } from '../support/talkfile.ts';

/*
 * Talks as a policy officer can read them. After a change of words that is meant:
 *   UPDATE_TALKS=1 npx vitest run test/conversations/talks.test.ts
 * rewrites what the assistant says in them; read the difference before keeping it.
 */

const update = process.env['UPDATE_TALKS'] === '1';
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.talk.md'));

describe('talks', () => {
  test('there are some', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  test.each(files)('%s goes as it is written', (name) => {
    const path = resolve(import.meta.dirname, name);
    const written = readFileSync(path, 'utf8');
    const played = playTalk(readTalk(written));
    if (update) writeFileSync(path, played);
    else expect(played).toBe(written);
  });
});
