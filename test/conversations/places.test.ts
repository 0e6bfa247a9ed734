import { expect, test } from 'vitest';
import { Talk } from '../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

function talk(...lines: readonly string[]): Talk {
  const made = new Talk(NOW);
  for (const line of lines) made.type(line);
  return made;
}

test('asking about another city does not move the enterprise there', () => {
  const made = talk('山西', '太原', '长治电话');
  expect(made.text()).toContain('0355-2115320');
  made.type('转人工');
  expect(made.text()).toContain('0351-2020989');
  expect(made.text()).not.toContain('0355-2115320');
});

test('saying where the enterprise is does', () => {
  const made = talk('山西', '太原', '我在大同', '转人工');
  expect(made.text()).toContain('0352-5028339');
});

test('asking about a place of another programme leaves this one chosen', () => {
  const made = talk('山西', '洛阳电话');
  expect(made.text()).toContain('文件未列联系电话');
  expect(made.state.programme).toBe('shanxi-2026');
});

test('an institution named after a city is not taken for the city', () => {
  const made = talk('山西', '太原理工');
  expect(made.text()).not.toContain('0351-2020989');
  expect(made.state.enterprises[0]?.city).toBeUndefined();
});
