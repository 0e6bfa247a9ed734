import { describe, expect, it } from 'vitest';
import { bare, bareNotice, programmeFiles, PROGRAMMES, valuesOf } from './files.ts';

describe.each(PROGRAMMES)('%s', (programme) => {
  const notice = bareNotice(programme);
  const files = [...programmeFiles(programme)];

  it('quotes nothing that does not stand in the notice', () => {
    const wrong = files.flatMap(([name, content]) =>
      valuesOf('quote', content)
        // An answer may rest on several passages.
        .flatMap(({ way, value }) =>
          (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => ({ way, value: one })),
        )
        .filter(({ value }) => typeof value !== 'string' || bare(value) === '' || !notice.includes(bare(value)))
        .map(({ way, value }) => `${name}${way}: ${String(value)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('cites only clauses that the programme lists', () => {
    const lists = files.flatMap(([, content]) => valuesOf('clauses', content));
    // A contradiction between answers belongs to no clause; it is named like one, after all of them.
    const listed = new Set([...lists.flatMap(({ value }) => value as string[]), 'contradiction']);
    const wrong = files.flatMap(([name, content]) =>
      valuesOf('clause', content)
        .filter(
          ({ value }) =>
            !String(value)
              .split('、')
              .every((one) => listed.has(one)),
        )
        .map(({ way, value }) => `${name}${way}: ${String(value)}`),
    );
    expect(lists).toHaveLength(1);
    expect(wrong).toEqual([]);
  });

  it('refers only to groups of its own directory', () => {
    const all = files.map(([, content]) => content);
    const groups = new Set(valuesOf('groups', all).flatMap(({ value }) => Object.keys(value as object)));
    const named = [...valuesOf('refer', all), ...valuesOf('group', all)];
    expect(named.filter(({ value }) => !groups.has(String(value)))).toEqual([]);
  });
});
