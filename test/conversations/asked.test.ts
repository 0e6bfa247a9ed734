import { describe, expect, test } from 'vitest';
import { answered, askedIn } from '../support/asked.ts';

/*
 * Messages written from the two texts by people who had not seen the answers: those that the answers were afterwards
 * mended with, and those that nobody has looked at since.
 */
describe('messages written by others', () => {
  test('used for mending', () => {
    const { share, missed } = answered(askedIn('used.jsonl'));
    expect(share, missed.join('\n')).toBeGreaterThanOrEqual(0.96);
  });
});
