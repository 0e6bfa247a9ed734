import { expect, test } from 'vitest';
import { Talk } from '../support/kit.ts';

test('what fails over the services named so far is no verdict while another one may be named', () => {
  const talk = new Talk('2026-06-23T10:00:00+08:00');
  talk.type('/programme luoyang');
  talk.type('/check');
  for (const id of ['redeem.1', 'open.2', 'all.3', 'all.4', 'open.5', 'yes.6']) talk.press(id);
  talk.type('2025');
  for (const id of ['none.8', 'all.9', 'hnte.10', 'yes.11']) talk.press(id);
  talk.type('2026-09-10');
  expect(talk.result()).toBeUndefined();
  expect(talk.ask()?.ask?.step).toBe('services.more');
  talk.press('no.13');
  expect(talk.result()?.['eligibility']).toBe('ineligible');
});
