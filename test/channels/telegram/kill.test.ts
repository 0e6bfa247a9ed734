import { expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '../../support/program.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';
import { killWhileTalking } from './kill.ts';

test(
  'killed while updates arrive, each given up to three times: none is lost, none counts twice',
  { timeout: 240_000 },
  async () => {
    const program = await buildProgram();
    onTestFinished(program.remove);
    const dir = await temporaryDirectory(onTestFinished);
    const outcome = await killWhileTalking(program, dir, { chats: 20, messagesPerChat: 10, kills: 3, seed: 7 });
    expect(outcome.faults).toEqual([]);
    expect(outcome.kills).toBe(3);
    // What was under way at a kill, at most one message of a chat.
    expect(outcome.shownAgain).toBeLessThanOrEqual(3 * 20);
  },
);
