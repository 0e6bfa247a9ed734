import type { Assignment, CivilDate, Facts } from '../policy/index.ts';
import { readServiceLines } from '../understanding/index.ts';
import { concrete, type Guide } from './guide.ts';
import type { EchoWords, Extracted } from './freetext.ts';

const SHOWN_LINES = 6;

/** A pasted list of services: date, amount and provider per line, from service `start` on. */
export function extractServices(
  guide: Guide,
  facts: Facts,
  text: string,
  today: CivilDate,
  words: EchoWords,
): Extracted & { count: number } {
  const several = readServiceLines(text, today);
  // One line with commas between the services is a list as well.
  const lines = several.length > 1 ? several : readServiceLines(text.replace(/[，,]/g, '\n'), today);
  const { free } = guide.programme.files.questions;
  const last = facts.services.length - 1;
  const start = last >= 0 && Object.keys(facts.services[last] ?? {}).length > 1 ? last + 1 : Math.max(0, last);
  const gives: Assignment[] = [];
  const echoes: string[] = [];
  let total = 0;
  let unread = 0;
  lines.forEach((line, index) => {
    const service = start + index;
    const parts: string[] = [];
    if (line.date?.kind === 'read') {
      gives.push({ path: concrete(free.date, service), value: line.date.value });
      parts.push(words.date(line.date.value));
    }
    if (line.money?.kind === 'read') {
      gives.push({ path: concrete(free.money, service), value: line.money.value });
      parts.push(words.money(line.money.value));
      total += line.money.value;
    }
    const name = line.rest.slice(0, 60);
    if (free.name !== undefined && name !== '' && !/^同上|^\d+$/.test(name)) {
      gives.push({ path: concrete(free.name, service), value: name });
      parts.push(name);
    }
    if (line.date?.kind !== 'read' || line.money?.kind !== 'read') unread += 1;
    if (parts.length > 0 && index < SHOWN_LINES) echoes.push(words.service(service + 1) + parts.join('，'));
  });
  echoes.push(words.list(lines.length, total, unread));
  return { gives, echoes, count: lines.length };
}
