import { expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '../../support/program.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';
import { paceOfBroadcast } from './pace.ts';

/* The rate itself is measured at full size (npm run soak pace): here others share the machine. */

test('a broadcast by the program as it is started keeps to what the platform says', { timeout: 120_000 }, async () => {
  const program = await buildProgram();
  onTestFinished(() => program.remove());
  const dir = await temporaryDirectory(onTestFinished);
  const plan = { recipients: 90, blocked: 0.1, refused: 0.05, ban: { after: 45, seconds: 2 }, everyMs: 400 };
  const outcome = await paceOfBroadcast(program, dir, plan);
  expect(outcome.heldSeconds).toBeGreaterThan(2);
  expect(outcome.replies).toBeGreaterThan(0);
  expect(outcome).toMatchObject({ ownRefusals: 0, insideHold: 0, missed: 0, twice: 0, blockedTriedAgain: 0 });
});
