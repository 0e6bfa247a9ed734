import { isCivilDate, readInstant } from './dates.ts';
import type { Scalar } from './facts.ts';
import { readYuan } from './money.ts';
import type { FactSpec } from './vocabulary.ts';

/** A fault in facts that somebody handed in: where, and what is allowed there (Chinese). */
export class FactsFault extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'FactsFault';
    this.path = path;
  }
}

/** A number as its decimal text, so that 0.1 stays 0.1 and an exponent is seen. */
export interface NumberText {
  readonly isLosslessNumber?: true;
  toString(): string;
}

type Json = unknown;

/** Whether a value is a number, as JSON or as its decimal text. */
export function isNumberText(value: Json): value is NumberText {
  return typeof value === 'number' || (typeof value === 'object' && value !== null && 'isLosslessNumber' in value);
}

/** Reads one value as its fact's type. @throws FactsFault saying what is allowed there. */
export function readValue(value: Json, spec: FactSpec, path: string): Scalar {
  const fault = (message: string): never => {
    throw new FactsFault(path, message);
  };
  switch (spec.type) {
    case 'bool':
      return typeof value === 'boolean' ? value : fault('应为 true、false 或 null');
    case 'choice': {
      const allowed = Object.keys(spec.values ?? {});
      if (typeof value !== 'string' || value === '') return fault(`可以是：${allowed.join('、')}，或 null`);
      if (spec.open || allowed.includes(value)) return value;
      return fault(`可以是：${allowed.join('、')}，或 null`);
    }
    case 'money': {
      const fen = isNumberText(value) ? readYuan(value.toString()) : undefined;
      return fen === undefined || fen < 0 ? fault('应为元数：不为负，最多两位小数，不用科学计数法') : fen;
    }
    case 'count': {
      const count = isNumberText(value) && /^\d{1,9}$/.test(value.toString()) ? Number(value.toString()) : undefined;
      return count ?? fault('应为不为负的整数');
    }
    case 'date':
      if (value === false && spec.negativeEvent) return false;
      return typeof value === 'string' && isCivilDate(value) ? value : fault('应为存在的日期，如 2025-09-01');
    case 'instant': {
      const instant = typeof value === 'string' ? readInstant(value) : undefined;
      return instant ?? fault('应为带时区的时间，如 2026-07-15T17:00:00+08:00');
    }
    case 'text':
      return typeof value === 'string' ? value : fault('应为文字');
    case 'texts': {
      if (!Array.isArray(value) || value.some((one: Json) => typeof one !== 'string')) return fault('应为文字的列表');
      return value.length === 0 ? false : (value as string[]).join('\n');
    }
  }
}
