import { readInstant, startOfDay, type CivilDate, type Scalar } from '../policy/index.ts';
import { fold, readCount, readDate, readMoney, readYesNo, type Reading } from '../understanding/index.ts';
import type { Prepared } from './prepared.ts';
import { UNKNOWN_ID } from './offers.ts';
import { byId, takeOffer, type AnswerReading } from './picked.ts';

/** Answers that are no choice: amounts, counts, dates, words. */

/** Limits of the open questions, in fen and in units. */
const LIMITS = { money: 1_000_000_000_000, count: 100_000_000, unitDoubtBelow: 1000 } as const;

const NONE: AnswerReading = { kind: 'none' };

/** A calculation, or a part of a sum: the total is asked for instead of guessed. */
const PRODUCT = /[*×xX]\s*\d|每|一半|[三四五六七八九]成|的[一二三四五六七八九十]分|[又再][付打转给交开补汇缴]/;

/** Reads the answer to an open question. `today` resolves words such as 上个月. */
export function readOpen(prepared: Prepared, text: string, today: CivilDate): AnswerReading {
  const [path = ''] = prepared.paths;
  const closed = prepared.offers.find((offer) => offer.says.includes(text.trim()) || offer.label === text.trim());
  if (closed) return takeOffer(prepared, closed);
  const short = prepared.shortcuts?.find((one) => one.says.some((word) => fold(word) === fold(text)));
  if (short) return { kind: 'given', gives: [{ path, value: short.value }] };
  const known = readYesNo(text);
  const bare = !/[\d一二三四五六七八九十百千万亿]{2}|\d/.test(text);
  if (bare && known.kind === 'read' && known.value === 'unknown') return byId(prepared, UNKNOWN_ID);
  const event = prepared.offers.find((offer) => offer.id === 'none');
  if (event && known.kind === 'read' && known.value === 'no') return takeOffer(prepared, event);
  const given = (value: Scalar): AnswerReading => ({ kind: 'given', gives: [{ path, value }] });
  const from = (reading: Reading<number>): AnswerReading => (reading.kind === 'read' ? given(reading.value) : reading);
  switch (prepared.kind) {
    case 'money':
      if (PRODUCT.test(text)) return { kind: 'calculation' };
      return from(
        readMoney(text.replace(/(\d)[。、](?=\d)/g, '$1.'), {
          max: LIMITS.money,
          unitDoubtBelow: LIMITS.unitDoubtBelow,
          zeroWords: prepared.zeroWords === true && !event,
        }),
      );
    case 'count':
      return from(readCount(text.replace(/年$/, ''), { max: LIMITS.count }));
    case 'date': {
      if (prepared.question?.not_about.some((word) => text.includes(word))) return NONE;
      const instant = prepared.instant ? readInstant(text.trim()) : undefined;
      if (instant !== undefined) return given(instant);
      const reading = readDate(text, today, { prefer: 'past' });
      if (reading.kind === 'read') return given(prepared.instant ? startOfDay(reading.value) : reading.value);
      return 'from' in reading ? { kind: 'coarse' } : reading;
    }
    case 'choice':
    case 'multi':
    case 'yes_no':
    case 'bundle':
    case 'text':
      return text.trim() === '' ? NONE : given(text.trim().slice(0, 100));
  }
}
