import { civilDateOf, weekday, type Reply, type Standing } from '../src/dialogue/index.ts';
import { callLine, forecastLines } from './broadcastreach.ts';
import { dateText, lines } from './wording.ts';

/** 群发: where it stands, what became of it, and what is told to those who did not ask. */

/** A few cities by name, many by number. */
export function citiesText(cities: readonly string[]): string {
  return cities.length > 3 ? `${cities.slice(0, 3).join('、')}等${String(cities.length)}个市` : cities.join('、');
}

/** 2026年7月1日（周三） 9:00, Beijing time of a UTC instant (ms). */
export function timeText(at: number): string {
  const date = civilDateOf(at);
  const minutes = Math.floor(((at + 8 * 3_600_000) % 86_400_000) / 60_000);
  const clock = `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
  return `${dateText(date, weekday(date))} ${clock}`;
}

const STAGES: Readonly<Record<Standing['stage'], string>> = {
  approval: '等待批准',
  undo: '可以撤回',
  scheduled: '等待定时发送',
  sending: '发送中',
  paused: '已暂停',
  stopped: '已停下（发起人或批准人的身份已失效，或内容有变）',
  cancelled: '已取消',
  withdrawn: '已撤回，没有发出',
  done: '已完成',
};

/** Said when a broadcast is confirmed. */
export function sentWords(standing: Standing, now: number): Reply {
  const { id, count, stage, startsAt } = standing;
  const seconds = Math.max(0, Math.round((startsAt - now) / 1_000));
  return {
    text: lines(
      `已确认，编号 ${id}，接收${String(count)}家。`,
      stage === 'approval' ? `请另一位工作人员回：批准 ${id}` : '',
      stage === 'undo' && seconds <= 600 ? `${String(seconds)}秒后开始发送。` : `最早${timeText(startsAt)}开始发送。`,
      ...forecastLines(standing.forecasts ?? []),
      '在此之前回“撤回”，一条也不会发出。',
    ),
  };
}

function figures(standing: Standing): string {
  const { waiting, unsubscribed, unreachable, failed, ambiguous, cancelled } = standing;
  return [
    `已送达平台${String(standing.sent)}`,
    failed > 0 ? `失败${String(failed)}` : '',
    ambiguous > 0 ? `不确定是否送达${String(ambiguous)}` : '',
    unsubscribed > 0 ? `已退订或不再适用${String(unsubscribed)}` : '',
    unreachable > 0 ? `联系不上${String(unreachable)}` : '',
    cancelled > 0 ? `取消未发${String(cancelled)}` : '',
    waiting > 0 ? `等待中${String(waiting)}` : '',
  ]
    .filter((part) => part !== '')
    .join('，');
}

/** A broadcast in one line. */
export function broadcastLine(standing: Standing): string {
  const { id, at, cities, count, stage } = standing;
  return `${id} ${timeText(at)} ${citiesText(cities)} ${String(count)}家 ${STAGES[stage]}：${figures(standing)}`;
}

/** How a broadcast stands, with those to be called. */
export function reportWords(standing: Standing, now: number): Reply {
  const { stage, startsAt, id, call, calls, callFrom } = standing;
  const shown = callFrom + call.length;
  const range = calls > call.length ? `，第${String(callFrom + 1)}到${String(shown)}家` : '';
  return {
    text: lines(
      `群发 ${id}：${STAGES[stage]}`,
      `接收${String(standing.count)}家（${citiesText(standing.cities)}）：${figures(standing)}`,
      stage === 'scheduled' || (stage === 'undo' && startsAt > now) ? `最早${timeText(startsAt)}开始发送。` : '',
      call.length === 0 ? '' : `请打电话联系（共${String(calls)}家${range}）：`,
      ...call.map(callLine),
      shown < calls ? `后面的回：群发记录 ${id} ${String(Math.floor(callFrom / call.length) + 2)}` : '',
    ),
  };
}

const STOP = '（不想再收到，回“退订”）';

/** How a broadcast stands before a recipient: whom it is from, the text, and how to have no more. */
export function broadcastReply(office: string, text: string, note: string): Reply {
  return { text: lines(`【${office}】`, text, note, STOP) };
}

/** What an enterprise is told about its papers. */
export function markedReply(office: string, name: string, mark: 'received' | 'returned', lacks: string): Reply {
  const done = mark === 'received' ? '材料已收。' : `材料退回补正${lacks === '' ? '。' : `，缺：${lacks}`}`;
  return { text: lines(`【${office}】${name}：${done}`, mark === 'returned' ? '补好后请尽快再交。' : '', STOP) };
}

/** Told to the officer when nothing waits any more. */
export function finishedReply(standing: Standing, now: number): Reply {
  return reportWords(standing, now);
}

/** Told to those who may approve. */
export function approvalWanted(id: string, office: string): Reply {
  return { text: `${office}有一次群发等待批准，查看并批准请回：批准 ${id}` };
}
