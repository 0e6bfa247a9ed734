import { describe, expect, test } from 'vitest';
import { content, Talk } from '../../support/kit.ts';

const NOW = '2026-06-23T10:00:00+08:00';

const contacts = content.programmes.flatMap(({ programme, contacts }) =>
  contacts.entries.map((entry) => ({ ...entry, programme: programme.id })),
);
const numbers = contacts.flatMap((entry) => entry.phones.map(({ dial }) => dial.replace(/^0\d{3}-/, '')));

interface Asked {
  readonly name: string;
  readonly city: string;
  readonly programme: string;
}

/** Every name by which a place is known for certain. */
const places: readonly Asked[] = content.places
  .flatMap((file) => file.places)
  .flatMap((place) => {
    if (!('city' in place) || place.generic) return [];
    return [place.name, ...place.aliases].map((name) => ({ name, city: place.city, programme: place.programme }));
  });

function shown(text: string): string[] {
  return numbers.filter((number) => text.includes(number));
}

describe.each([
  ['a bare name', (name: string) => name],
  ['a telephone asked for', (name: string) => `${name}那边电话多少`],
  ['whom to find', (name: string) => `${name}的企业找谁联系`],
])('%s', (_how, say) => {
  // A programme's own name chooses the programme.
  const shorts = new Set(content.programmes.map(({ programme }) => programme.short));
  const asked = places.filter(({ name }) => say(name) !== name || !shorts.has(name));
  test.each(asked.map((place) => [place.name, place] as const))('%s', (name, { city, programme }) => {
    const talk = new Talk(NOW);
    talk.type(say(name));
    const wanted = contacts
      .filter((entry) => entry.programme === programme && entry.serves.includes(city))
      .flatMap((entry) => entry.phones.map(({ dial }) => dial.replace(/^0\d{3}-/, '')));
    expect(shown(talk.text())).toEqual(wanted);
    if (wanted.length === 0) expect(talk.text()).toContain('文件未列联系电话');
  });
});

test.each(contacts.filter(({ person }) => person !== undefined).map((entry) => [entry.person ?? '', entry] as const))(
  '%s by name',
  (person, entry) => {
    const talk = new Talk(NOW);
    talk.type(`/programme ${entry.programme}`);
    talk.type(`${person}的电话是多少`);
    expect(talk.text()).toContain(entry.phones[0]?.original);
    expect(shown(talk.text())).toHaveLength(1);
  },
);

test.each([
  ['系统登不上 打哪个电话', '8065503'],
  ['省科技厅电话多少', '3809056'],
  ['共享中心联系电话', '5281250'],
])('%s goes to its group', (text, number) => {
  const talk = new Talk(NOW);
  talk.type('/programme shanxi-2026');
  talk.type(text);
  expect(talk.text()).toContain(number);
});

test('a name that several places have is asked back', () => {
  const talk = new Talk(NOW);
  talk.type('/programme shanxi-2026');
  talk.type('城区电话');
  expect(talk.text()).toContain('哪个市');
  expect(shown(talk.text())).toEqual([]);
  talk.type('阳泉城区电话');
  expect(shown(talk.text())).toEqual(['6699010']);
});

test('a place outside is said to be outside', () => {
  const talk = new Talk(NOW);
  talk.type('/programme shanxi-2026');
  talk.type('西安的电话');
  expect(talk.text()).toContain('不在');
  expect(shown(talk.text())).toEqual([]);
});
