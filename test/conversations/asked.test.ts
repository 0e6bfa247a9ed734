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

  // The rate that people meet. Whoever mends an answer by one of these moves it to the others and asks for new ones.
  test('not looked at', () => {
    expect(answered(askedIn('unused.jsonl')).share).toBeGreaterThanOrEqual(0.87);
  });
});
