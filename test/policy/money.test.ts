import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portion, rateBelow, readRate, readYuan, yuanForPeople, yuanText } from '../../src/policy/money.ts';

describe('money', () => {
  it('comes back from its text to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 - 1 }), (fen) => {
        expect(readYuan(yuanText(fen))).toBe(fen);
      }),
    );
  });

  it('never exceeds the exact share, and misses it by less than a fen', () => {
    const half = readRate('0.3')!;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (fen) => {
        const tenths = BigInt(portion(fen, half)) * 10n;
        expect(tenths <= BigInt(fen) * 3n && BigInt(fen) * 3n < tenths + 10n).toBe(true);
      }),
    );
  });

  it.each(['1e5', '1.234', '.5', '1.', '', '+1', '1,000', 'NaN', '0x10', '12345678901234'])(
    '%j is no amount',
    (text) => {
      expect(readYuan(text)).toBeUndefined();
    },
  );

  it('prints for people', () => {
    expect(yuanForPeople(9_999_999)).toBe('99,999.99元');
    expect(yuanForPeople(100_000_000)).toBe('1,000,000元');
    expect(yuanForPeople(5)).toBe('0.05元');
  });

  it('orders rates however they are written', () => {
    expect(rateBelow(readRate('0.30')!, readRate('0.5')!)).toBe(true);
    expect(rateBelow(readRate('0.50')!, readRate('0.5')!)).toBe(false);
    expect(readRate('50%')).toBeUndefined();
  });
});
