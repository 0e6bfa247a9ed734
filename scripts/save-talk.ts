/**
 * Turns what a person said into a transcript that is run as a test: a message per line on standard input, `\n` in a
 * line for a line break within a message.
 *
 *   npx tsx scripts/save-talk.ts test/conversations/NAME.talk.md 'TITLE' [2026-06-23T10:00:00+08:00] < lines.txt
 *
 * Without an instant the talk takes place now. `-` instead of a file prints the talk.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { playTalk, readTalk } from '../test/support/talkfile.ts';

const [file, title, now = new Date().toISOString()] = process.argv.slice(2);
if (file === undefined || title === undefined || Number.isNaN(Date.parse(now))) {
  process.stderr.write('usage: npx tsx scripts/save-talk.ts FILE.talk.md TITLE [INSTANT] < lines\n');
  process.exitCode = 2;
} else {
  const messages = readFileSync(0, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll('\\n', '\n'));
  const played = playTalk({ title, now, messages });
  // Whatever is kept can be read back and gives the same.
  if (readTalk(played).messages.join('\u0000') !== messages.join('\u0000'))
    throw new Error('the talk cannot be read back');
  if (file === '-') process.stdout.write(played);
  else writeFileSync(file, played);
}
