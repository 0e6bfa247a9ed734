import { civilDateOf, type OfficeNotice, type Reply } from '../src/dialogue/index.ts';
import { timeText } from './broadcastreport.ts';
import { contactLine, daysText, lines } from './wording.ts';

/** The dates that an office itself has to keep: what its staff are reminded of. */

/** One reminder: the date, what is to be done and handed in where, and how the enterprises stand. */
export function officeNotice(notice: OfficeNotice): Reply {
  const { office, rule, now } = notice;
  const { entry, remind, at } = rule;
  return {
    text: lines(
      `【截止提醒】${office}：${remind.label ?? entry.label}，${timeText(at)}，${daysText(civilDateOf(now), civilDateOf(at))}（${entry.clause}）`,
      `${remind.says}。`,
      papersLine(notice),
      whereLine(notice),
      figuresLine(notice),
      '报送完了回“已上报”，不再提醒这件事；什么都不要主动发，回“退订”。',
    ),
    choices: [
      { id: 'forwarded', label: '已上报' },
      { id: 'enterprises', label: '企业名单' },
    ],
  };
}

/** What the notice wants from the office, and only that. */
function papersLine({ programme }: OfficeNotice): string {
  const sets = programme.files.documents.sets.filter((set) => set.for === 'city_bureau');
  const items = sets.flatMap((set) => set.items.map(({ name, clause }) => `${name}（${clause}）`));
  const copies = sets.flatMap((set) => set.copies ?? []);
  return items.length === 0 ? '' : `要交的：${[...items, ...copies].join('、')}`;
}

/** Where to, with the numbers of the notice. */
function whereLine({ programme, rule }: OfficeNotice): string {
  const { group } = rule.remind;
  const found = programme.files.contacts.entries.filter((one) => group !== undefined && one.group === group);
  return found.length === 0 ? '' : `交到：${found.map((one) => `${contactLine(one)}（${one.clause}）`).join('；')}`;
}

function figuresLine({ figures, unseen }: OfficeNotice): string {
  const { seen, filed, open, returned } = figures;
  const own =
    seen === 0
      ? '还没有企业同意共享进度'
      : `同意共享的企业${String(seen)}家（按企业自己说的和您标记的）：已提交${String(filed)}，还没提交${String(open)}，退回补正${String(returned)}`;
  return `${own}。${unseen > 0 ? `名单内另有${String(unseen)}家在这里看不到进度。` : ''}`;
}
