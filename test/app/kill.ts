import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startJsonl, type JsonlChat, type Program } from '../support/program.ts';

/** When the process is killed: so many turns after a message was sent, or once its answer has arrived. */
export type Moment = number | 'answered';

/** What a conversation with kills brought to light. */
export interface KillOutcome {
  readonly kills: number;
  /** Messages whose answer had arrived and came again after the restart, as it may after a crash. */
  readonly repeated: number;
  /** Messages whose answer was not that of the uninterrupted conversation. */
  readonly different: readonly { readonly message: string; readonly moment: Moment; readonly got: unknown }[];
}

const AT = '2026-07-15T10:00:00+08:00';

function message(text: string, index: number): object {
  return { chat: 'c', text, message_id: `m${index}`, at: AT };
}

function repliesOf(line: unknown): unknown {
  return typeof line === 'object' && line !== null && 'replies' in line ? line.replies : line;
}

/** The replies to each message of a conversation that nothing disturbs. */
async function undisturbed(program: Program, dir: string, talk: readonly string[]): Promise<unknown[]> {
  const chat = startJsonl(program, dir);
  const replies: unknown[] = [];
  for (const [index, text] of talk.entries()) {
    chat.send(message(text, index));
    replies.push(repliesOf(await chat.next()));
  }
  await chat.end();
  return replies;
}

/** Sends a message and kills the process at the moment. The answer, as far as it had arrived. */
async function sendAndKill(chat: JsonlChat, line: object, moment: Moment): Promise<unknown> {
  chat.send(line);
  if (moment === 'answered') {
    const answer = await chat.next();
    await chat.kill();
    return repliesOf(answer);
  }
  for (let turn = 0; turn < moment; turn += 1) await new Promise(setImmediate);
  await chat.kill();
  return repliesOf(await chat.next());
}

/**
 * Leads a conversation in which the process is killed at every message, started again, and given the same message again
 * with the same id; compares with the conversation that nothing disturbs. `moments` are taken in turn.
 */
export async function killAtEveryMessage(
  program: Program,
  dir: string,
  talk: readonly string[],
  moments: readonly Moment[],
): Promise<KillOutcome> {
  const expected = await undisturbed(program, join(dir, 'undisturbed'), talk);
  const different: { message: string; moment: Moment; got: unknown }[] = [];
  let repeated = 0;
  let chat = startJsonl(program, join(dir, 'killed'));
  for (const [index, text] of talk.entries()) {
    const moment = moments[index % moments.length] ?? 0;
    const line = message(text, index);
    const before = await sendAndKill(chat, line, moment);
    chat = startJsonl(program, join(dir, 'killed'));
    chat.send(line);
    const after = repliesOf(await chat.next());
    const silent = Array.isArray(after) && after.length === 0;
    // What had arrived may come again, or not; what had not arrived has to come.
    const got = before === undefined || !silent ? after : before;
    if (!isDeepStrictEqual(got, expected[index])) different.push({ message: text, moment, got });
    if (before !== undefined && !isDeepStrictEqual(before, expected[index]))
      different.push({ message: text, moment, got: before });
    if (before !== undefined && !silent) repeated += 1;
  }
  await chat.end();
  return { kills: talk.length, repeated, different };
}
