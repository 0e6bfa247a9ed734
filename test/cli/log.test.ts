import { expect, test } from 'vitest';
import { loggable } from '../../src/cli/log.ts';

test('what could hold words of a person is not logged, and long text is cut', () => {
  const fields = {
    chat: 'telegram:1',
    text: '我的电话',
    message: 'x',
    token: 't',
    bytes: 5,
    reason: 'r'.repeat(1_000),
  };
  expect(loggable(fields)).toEqual({ chat: 'telegram:1', bytes: 5, reason: 'r'.repeat(300) });
});
