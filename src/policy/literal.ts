import { ConditionFault } from './context.ts';
import { isCivilDate, readInstant } from './dates.ts';
import type { Scalar } from './facts.ts';
import { readYuan } from './money.ts';
import type { FactSpec } from './vocabulary.ts';

/**
 * A literal of a data file as a value of the fact's type.
 * @throws ConditionFault for a literal outside the fact's values, or of the wrong type.
 */
export function readLiteral(literal: string | number | boolean, spec: FactSpec): Scalar {
  const fault = (): never => {
    const allowed = spec.values ? ` (allowed: ${Object.keys(spec.values).join(', ')})` : '';
    throw new ConditionFault(`${String(literal)} is no value of ${spec.path}${allowed}`);
  };
  switch (spec.type) {
    case 'bool':
      return typeof literal === 'boolean' ? literal : fault();
    case 'choice':
      return typeof literal === 'string' && Object.hasOwn(spec.values ?? {}, literal) ? literal : fault();
    case 'money':
      return readYuan(String(literal)) ?? fault();
    case 'count':
      return typeof literal === 'number' && Number.isSafeInteger(literal) ? literal : fault();
    case 'date':
      return typeof literal === 'string' && isCivilDate(literal) ? literal : fault();
    case 'instant':
      return (typeof literal === 'string' ? readInstant(literal) : undefined) ?? fault();
    case 'text':
    case 'texts':
      return typeof literal === 'string' ? literal : fault();
  }
}
