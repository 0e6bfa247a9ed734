import type {
  Candidate,
  Guide,
  Offices,
  Reply,
  ReplyChoice,
  Said,
  View,
  WrittenAnswer,
} from '../src/dialogue/index.ts';
import { outsideWords } from './contacts.ts';
import { deadlineText, periodText, weekdayText } from './freedates.ts';
import { estimateText, inverseText, roomText, sizeText } from './freefigures.ts';
import { contactLine, draftBrief, draftNote, lines, ownContact } from './wording.ts';

/** The words of free answers: the answer first, its clause in brackets, the next step last. */

/** Below an answer, outside an interview. */
export function freeChoicesWords(): readonly ReplyChoice[] {
  return [
    { id: 'good', label: '👍 有用' },
    { id: 'bad', label: '👎 没答对' },
  ];
}

/** Several answers to one message, each under the name of its programme when that is not the chat's. */
export function freeWords(found: readonly Candidate[], named: boolean, view: { readonly now: number }): string {
  const parts = found.map(({ said, guide, common }) => {
    const text = sayWords(said, guide, view.now);
    return named && guide && !common ? `${guide.files.programme.short}：${text}` : text;
  });
  const drafts = new Set(
    found.flatMap(({ guide, common, said }) =>
      guide && !common && said.kind !== 'outside' ? [named ? draftNote({ guide }) : draftBrief({ guide })] : [],
    ),
  );
  return lines(...parts, ...drafts);
}

function sayWords(said: Said, guide: Guide | undefined, now: number): string {
  switch (said.kind) {
    case 'written':
      return writtenText(said.answer, said.offices);
    case 'talk':
      return lines(said.says, officesText(said.offices));
    case 'contact':
      return contactText(said.entries, said.noPhone);
    case 'which_city':
      return `“${said.name}”有好几个，是哪个市的？${said.cities.join('、')}`;
    case 'outside':
      return guide ? outsideWords(said.name, guide).text : '';
    case 'ask_city':
      return `要看在哪个市。请回所在市或县，如：${guide?.files.programme.examples.city ?? ''}，就给您对应的电话。`;
    case 'estimate':
      return estimateText(said);
    case 'inverse':
      return inverseText(said);
    case 'room':
      return roomText(said);
    case 'plain':
      return `${said.says}（${said.clause}）`;
    case 'period':
      return periodText(said);
    case 'deadline':
      return lines(deadlineText(said, now), officesText(said.offices));
    case 'weekday':
      return weekdayText(said);
    case 'size':
      return sizeText(said);
    case 'passage':
      return lines(
        `没有现成的答案，通知里最接近的原文是：「${said.text}」（${said.clause}）`,
        officesText(said.offices),
      );
    case 'unknown':
      return lines(
        '没有写到这一点，文件里找不到依据，不能下结论。我只回答科技创新券的问题，其他政策请咨询主管部门。',
        officesText(said.offices),
      );
  }
}

function writtenText(answer: WrittenAnswer, offices: Offices): string {
  const quote = answer.show_quote && answer.quote ? `原文：「${answer.quote.join('……')}」` : '';
  return lines(`${answer.says.trimEnd()}（${answer.clause}）`, quote, answer.next, officesText(offices));
}

function officesText({ entries, cityMissing }: Offices): string {
  if (cityMissing) return '具体问所在市科技局：回所在市或县，就给您电话。';
  return entries.length === 0
    ? ''
    : `联系：${entries.map((entry) => `${contactLine(entry)}（${entry.clause}）`).join('；')}`;
}

function contactText(entries: readonly Offices['entries'][number][], noPhone: string | undefined): string {
  const notes = entries.flatMap((entry) =>
    entry.phones.length > 0 && entry.note?.includes('确认') ? [entry.note] : [],
  );
  return lines(noPhone, ...entries.map((entry) => `${contactLine(entry)}（${entry.clause}）`), ...notes);
}

/** One line per programme, when nobody said which is meant. */
export function freeBriefWords(found: readonly { readonly guide: Guide; readonly answer: WrittenAnswer }[]): Reply {
  return {
    text: lines(
      ...found.map(
        ({ guide, answer }) =>
          `${guide.files.programme.short}：${answer.brief ?? answer.says.split('\n')[0] ?? ''}（${answer.clause}）`,
      ),
      '想看哪里的，选一个：',
    ),
    choices: [...programmeChoices(found.map(({ guide }) => guide)), ...freeChoicesWords()],
  };
}

/** A question that has to be worked out for one programme. */
export function freeWhichWords(guides: readonly Guide[]): Reply {
  return {
    text: `这要看是哪里的政策，${guides.map(({ files }) => files.programme.short).join('还是')}？`,
    choices: programmeChoices(guides),
  };
}

function programmeChoices(guides: readonly Guide[]): ReplyChoice[] {
  return guides.map(({ files }) => ({ id: `programme.${files.programme.id}`, label: files.programme.short }));
}

/** What a person gets for judging an answer. */
export function freeJudgedWords(good: boolean, view: View | undefined): Reply {
  if (good) return { text: '谢谢，还有问题直接问。' };
  const own = view ? ownContact(view) : undefined;
  return {
    text: lines(
      '抱歉没答到点上，已经记下这个问题。可以换个说法再问一次。',
      own ? `急的话联系：${contactLine(own)}（${own.clause}）` : '要找人请回“转人工”。',
    ),
  };
}
