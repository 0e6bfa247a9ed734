import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownIn, seenBy } from '../../src/app/broadcast/members.ts';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../src/app/chatdoc.ts';
import { placesOf } from '../../src/app/places.ts';
import type { ChatState, Enterprise } from '../../src/dialogue/index.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { programmes } from '../support/kit.ts';
import { keptLog } from './support.ts';
import { enterprise } from './tick-world.ts';

const NOW = Date.parse('2026-06-23T10:00:00+08:00');
const city = fc.option(fc.constantFrom('太原市', '大同市', '洛阳市', '其他'), { nil: undefined });

/** A firm whose city is said in the words of a programme, apart from them, both, or not at all. */
const firm = fc
  .record({ programme: fc.constantFrom(...programmes.keys()), said: city, own: city, named: fc.boolean() })
  .map(({ programme, said, own, named }): Enterprise => {
    const fact = programmes.get(programme)!.files.programme.city_fact;
    const fields = { ...(own !== undefined && { city: own }), ...(named && { name: '晋阳软件' }) };
    return enterprise(
      programme,
      { 'applicant.kind': 'enterprise', ...(said !== undefined && { [fact]: said }) },
      fields,
    );
  });
const chat = fc
  .record({ enterprises: fc.array(firm, { maxLength: 3 }), given: fc.boolean(), group: fc.boolean() })
  .map(({ enterprises, given, group }): ChatDoc => {
    const consents = { share: { given, at: 1, wording: 'w' } };
    const state: ChatState = { v: 1, enterprises, current: 0, remind: false, consents };
    return { ...newChatDoc('a'), state, ...(group && { group: true as const }) };
  });

describe('the places of a chat', () => {
  test('hold every city under which an office would see a firm of it', () => {
    fc.assert(
      fc.property(chat, fc.subarray(['太原市', '大同市', '洛阳市']), (doc, cities) => {
        for (const programme of programmes.values())
          if (knownIn(doc, programme, cities, NOW).length > 0)
            expect(placesOf(doc).filter((place) => cities.includes(place))).not.toEqual([]);
      }),
    );
  });

  test('are none without consent, in a group, or without a name; and no words of a programme or long texts', () => {
    const one = enterprise(
      'shanxi-2026',
      { 'applicant.kind': 'enterprise', 'applicant.city': '太原市' },
      { name: 'n' },
    );
    const state: ChatState = { v: 1, enterprises: [one], current: 0, remind: false };
    const agreed = { ...state, consents: { share: { given: true, at: 1, wording: 'w' } } };
    expect(placesOf({ ...newChatDoc('a'), state })).toEqual([]);
    expect(placesOf({ ...newChatDoc('a'), state: agreed, group: true })).toEqual([]);
    expect(placesOf({ ...newChatDoc('a'), state: agreed })).toEqual(['太原市']);
    const long = { ...agreed, enterprises: [{ ...one, city: '城'.repeat(41) }] };
    expect(placesOf({ ...newChatDoc('a'), state: long })).toEqual(['太原市']);
    const nameless = { ...agreed, enterprises: [enterprise('shanxi-2026', { 'applicant.city': '太原市' })] };
    expect(placesOf({ ...newChatDoc('a'), state: nameless })).toEqual([]);
  });
});

test('where the store can tell, only the documents of the places are read', async () => {
  const store = memoryStore(chatCodec);
  const asked: string[] = [];
  const chats = {
    keys: (prefix?: string) => store.keys(prefix),
    read: (key: string) => {
      asked.push(key);
      return store.read(key);
    },
    async *placed(places: readonly string[]) {
      if (places.includes('太原市')) yield 'b';
    },
  };
  for (const key of ['a', 'b', 'c'])
    await store.update(key, () => ({ doc: { ...newChatDoc(key), updatedAt: 1 }, result: undefined }));
  const programme = programmes.get('shanxi-2026')!;
  for await (const found of seenBy({ chats, log: keptLog() }, programme, ['太原市'], NOW))
    expect(found).toBeUndefined();
  expect(asked).toEqual(['b']);
});
