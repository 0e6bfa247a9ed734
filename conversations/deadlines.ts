import { weekday, type Reply, type View } from '../src/dialogue/index.ts';
import { dateText, daysText, draftNote, lines } from './wording.ts';

/** 截止: the dates that the text has, with the days left. What it does not date is not dated here. */
export function deadlineWords(view: View): Reply {
  const { entries } = view.guide.programme.files.timeline;
  const { state } = view.verdict;
  const rows = entries
    .filter((entry) => entry.show)
    .map((entry) => {
      const date = entry.at?.slice(0, 10);
      const when =
        date !== undefined
          ? `：${dateText(date, weekday(date))}${time(entry.at)}，${daysText(view.today, date)}`
          : entry.from !== undefined && entry.to !== undefined
            ? `：${dateText(entry.from)}至${dateText(entry.to)}`
            : '';
      return `· ${entry.label}${when}（${entry.clause}）`;
    });
  return { text: lines(state.label === '' ? '' : `现在：${state.label}（${state.clause}）`, ...rows, draftNote(view)) };
}

function time(at: string | undefined): string {
  const clock = at?.slice(11, 16) ?? '';
  return clock === '' || clock === '23:59' ? '' : ` ${clock}`;
}
