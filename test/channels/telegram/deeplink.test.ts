import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepLink, readPayload, type LinkTarget } from '../../../src/channels/telegram/deeplink.ts';

function payloadOf(target: LinkTarget): string {
  return new URL(deepLink('voucher_bot', target)).searchParams.get('start') ?? '';
}

test.each<LinkTarget>([
  { kind: 'programme', id: 'shanxi-2026' },
  { kind: 'city', name: '太原市' },
  { kind: 'city', name: '黔西南布依族苗族自治州' },
])('a link leads to what it was made for: %o', (target) => {
  expect(payloadOf(target)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(readPayload(payloadOf(target))).toEqual(target);
});

test('what a link cannot carry is not made', () => {
  expect(() => deepLink('b', { kind: 'city', name: '市'.repeat(30) })).toThrow(RangeError);
  expect(() => deepLink('b', { kind: 'programme', id: 'a b' })).toThrow(RangeError);
});

test('any other payload leads nowhere', () => {
  for (const payload of ['', 'x', 'c_', 'c__w', 'c_LQ', `p_${'a'.repeat(70)}`, 'p_ x', 'c_Li4vZXRj'])
    expect(readPayload(payload)).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (payload) => {
      const target = readPayload(payload);
      if (target?.kind === 'city') expect(target.name).toMatch(/^[\p{L}\p{N}·]{1,20}$/u);
    }),
  );
});

test('the links in the documentation are those that are made', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../docs/telegram.md'), 'utf8');
  expect(text).toContain(deepLink('the_bot', { kind: 'programme', id: 'shanxi-2026' }));
  expect(text).toContain(deepLink('the_bot', { kind: 'city', name: '太原' }));
});
