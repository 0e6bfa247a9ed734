import { daysBetween, yuanText, type CivilDate, type Contact, type Fen, type View } from '../src/dialogue/index.ts';

/** Small pieces of wording that several flows share. */

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** 2026年7月15日（周三） */
export function dateText(date: CivilDate, weekday?: number): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const plain = `${year}年${String(Number(month))}月${String(Number(day))}日`;
  return weekday === undefined ? plain : `${plain}（周${WEEKDAYS[weekday - 1] ?? ''}）`;
}

/** 9.25万元 from 10,000 yuan on, 1,150元 below. */
export function amountText(fen: Fen): string {
  if (fen >= 10_000_000_000 && fen % 100_000_000 === 0)
    return `${yuanText(fen / 100_000_000).replace(/(\.\d)0$/, '$1')}亿元`;
  if (fen >= 1_000_000 && fen % 10_000 === 0) return `${yuanText(fen / 10_000).replace(/(\.\d)0$/, '$1')}万元`;
  const [whole = '', cents] = yuanText(fen).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${cents === undefined ? '' : `.${cents}`}元`;
}

/** 还有22天 / 今天 / 已过5天 */
export function daysText(today: CivilDate, date: CivilDate): string {
  const days = daysBetween(today, date);
  if (days === 0) return '就是今天';
  return days > 0 ? `还有${String(days)}天` : `已过${String(-days)}天`;
}

/** One line per contact: who, and the number exactly as printed. */
export function contactLine(contact: Contact): string {
  const phones = contact.phones.map((phone) =>
    phone.original === phone.dial ? phone.original : `${phone.original}（可拨${phone.dial}）`,
  );
  return [contact.organisation, contact.department, contact.person, phones.join('、'), contact.url]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** The contact to name first: that of the enterprise's city, else none of the city bureaus. */
export function ownContact(view: View): Contact | undefined {
  return view.contacts.find((contact) => contact.serves.length > 0);
}

/** The status of a draft, said once per answer. */
export function draftNote(view: Pick<View, 'guide'>): string {
  const { programme } = view.guide.files;
  return programme.status === 'draft' ? `【${programme.short}】${programme.status_says}` : '';
}

/** The same in short, where it was said in full when the programme was chosen. */
export function draftBrief(view: Pick<View, 'guide'>): string {
  const { programme } = view.guide.files;
  return programme.status === 'draft' ? `【${programme.short}】${programme.status_brief ?? programme.status_says}` : '';
}

/** Lines without the empty ones. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n');
}
