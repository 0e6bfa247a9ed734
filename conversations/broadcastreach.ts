import type { Forecast, Standing } from '../src/dialogue/index.ts';
import { dateText } from './wording.ts';

/** 群发: how many are reached today where the platform sets bounds, and who has to be called. */

type Call = Standing['call'][number];

const PLATFORMS: Readonly<Record<string, string>> = { wechat: '微信', telegram: 'Telegram' };
const DAYS_SHOWN = 3;

/** How many of a broadcast are reached today and when the rest follow; a line for each platform with bounds. */
export function forecastLines(forecasts: readonly Forecast[]): string[] {
  return forecasts.map((forecast) => {
    const { channel, unreachable } = forecast;
    const parts = [
      reachedText(forecast),
      unreachable === 0 ? '' : `${String(unreachable)}家发不到，发完后列入电话名单`,
    ];
    return `${PLATFORMS[channel] ?? channel}：${parts.filter((part) => part !== '').join('；')}。`;
  });
}

function reachedText({ today, later }: Forecast): string {
  const now = today === 0 ? '今天发不了' : `今天能发给${String(today)}家`;
  if (later.length === 0) return today === 0 ? '' : now;
  const rest = later.reduce((sum, { count }) => sum + count, 0);
  return `${now}，其余${String(rest)}家${daysText(later)}${today === 0 ? '' : '（每天的条数有限制）'}`;
}

function daysText(days: Forecast['later']): string {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return '';
  if (days.length > DAYS_SHOWN) return `从${dayText(first.date)}起接着发，${dayText(last.date)}发完`;
  if (days.length === 1) return `${dayText(first.date)}发`;
  return days.map(({ date, count }) => `${dayText(date)}发${String(count)}家`).join('、');
}

/** 6月24日: it is never far away. */
function dayText(date: string): string {
  return dateText(date).replace(/^\d+年/, '');
}

const WHY: Readonly<Record<Call['why'], string>> = {
  blocked: '已删除或拉黑助手',
  deactivated: '账号已停用',
  'unknown-chat': '找不到这个联系人',
  'window-closed': '超过平台允许主动发消息的时间',
  'never-wrote': '在这里发不到',
  unreachable: '联系不上',
  failed: '没有发出去',
  ambiguous: '不确定是否收到',
  unsubscribed: '已退订或不再适用',
};

/** One line of the list of those to be called. A number that nobody has given is said to be missing. */
export function callLine({ name, phone, why }: Call): string {
  return `${name} ${phone ?? '电话未登记'}（${WHY[why]}）`;
}
