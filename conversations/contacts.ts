import type { Guide, Reply, View } from '../src/dialogue/index.ts';
import { contactLine, draftNote, lines } from './wording.ts';

/** 联系: the directory's entry for a city, and where technical questions go. */
export function contactWords(view: View, city: string | undefined): Reply {
  const { contacts } = view.guide.programme.files;
  const own = city === undefined ? [] : contacts.entries.filter((entry) => entry.serves.includes(city));
  const general = contacts.entries.filter((entry) => entry.serves.length === 0 && entry.phones.length > 0);
  const ask =
    city === undefined && contacts.entries.some((entry) => entry.serves.length > 0 && entry.phones.length > 0);
  const purpose = (group: string): string => contacts.groups[group]?.label ?? '';
  return {
    text: lines(
      ...own.map((entry) => `${contactLine(entry)}（${entry.clause}）`),
      ...own.flatMap((entry) =>
        entry.note !== undefined && entry.phones.length > 0 && entry.note.includes('确认') ? [entry.note] : [],
      ),
      ask ? `回复所在市或县，如：${view.guide.programme.files.programme.examples.city}，就给您对应的电话。` : '',
      ...(own.length === 0 || contacts.no_phone !== undefined
        ? general.map((entry) => `${purpose(entry.group)}：${contactLine(entry)}（${entry.clause}）`)
        : general.slice(0, 1).map((entry) => `${purpose(entry.group)}：${contactLine(entry)}（${entry.clause}）`)),
      contacts.no_phone,
      draftNote(view),
    ),
  };
}

/** A place that is not in the programme's area. */
export function outsideWords(place: string, guide: Guide): Reply {
  const { short, document_no: number, title } = guide.programme.files.programme;
  return { text: `${place}不在${short}这份文件的范围内（${number ?? title}），没有它的联系方式，请问当地科技局。` };
}
