import { describe, expect, it } from 'vitest';
import {
  readChoice,
  readChoices,
  readCount,
  readDate,
  readMoney,
  readNumber,
  readYesNo,
} from '../../src/understanding/index.ts';
import type { Doubtful, None, Read, Rejected, Stretch, Unknown } from '../../src/understanding/index.ts';
import { CHOICES, TABLE, TODAY } from './readings.table.ts';

type Any<T> = Read<T> | Doubtful<T> | Rejected | None | Unknown | Stretch;

/** The notation of the table, except that a rejection shows its whole sentence. */
function show<T>(reading: Any<T>, say: (value: T) => string): string {
  switch (reading.kind) {
    case 'read':
      return `${reading.approx ? '~' : ''}${say(reading.value)}`;
    case 'doubtful':
      return `? ${reading.options.map(({ value }) => say(value)).join(' | ')}`.trim();
    case 'rejected':
      return `x ${reading.why}`;
    case 'none':
      return '-';
    case 'unknown':
      return 'unknown';
    default:
      return `${reading.kind} ${reading.value}`;
  }
}

function check(shown: string, expected: string): void {
  if (expected.startsWith('x ')) {
    expect(shown).toMatch(/^x /);
    expect(shown).toContain(expected.slice(2));
  } else {
    expect(shown).toBe(expected);
  }
}

const yuan = (fen: number): string => String(fen / 100);
const ids = (value: readonly string[]): string => value.join(' ');

describe('what people type is read as the table says', () => {
  it.each(TABLE.numbers)('number %s', (text, expected) => check(show(readNumber(text), String), expected));

  it.each(TABLE.money)('money %s', (text, expected) => {
    check(show(readMoney(text, { unitDoubtBelow: 1000, zeroWords: true }), yuan), expected);
  });

  it.each(TABLE.counts)('count %s', (text, expected) => {
    check(show(readCount(text, { zeroWords: true }), String), expected);
  });

  it.each(TABLE.dates)('date %s', (text, expected) => {
    const [, said = text, prefer] = / (past|future)$/.exec(text) ? (/^(.*) (past|future)$/.exec(text) ?? []) : [];
    const options = prefer === 'past' || prefer === 'future' ? ({ prefer } as const) : {};
    check(show(readDate(said, TODAY, options), String), expected);
  });

  it.each(TABLE.oneOf)('choice %s', (text, expected) => check(show(readChoice(text, CHOICES), String), expected));

  it.each(TABLE.several)('choices %s', (text, expected) => {
    const reading = readChoices(text, CHOICES);
    const unknown = reading.kind === 'read' ? (reading.unknown ?? []).map((id) => ` !${id}`).join('') : '';
    const shown = reading.kind === 'read' ? `[${ids(reading.value)}]${unknown}` : show(reading, ids);
    check(shown, expected);
  });

  it.each(TABLE.yesNo)('yes or no %s', (text, expected) => check(show(readYesNo(text), String), expected));

  it('has enough rows to be worth its name', () => {
    expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(320);
  });
});
