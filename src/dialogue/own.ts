import { civilDateOf } from '../policy/index.ts';
import { findDates, fold, isQuestion, normalise } from '../understanding/index.ts';
import { repeatQuestion } from './asking.ts';
import { readOwn } from './ownread.ts';
import { ownDates } from './progress.ts';
import type { Turn } from './turn.ts';

/** Reminders that people set themselves: set, listed, cancelled. They are asked for, so no agreement is needed. */

const MOST = 20;
const LIST = /^(?:我的|查看|看看|有哪些)提醒(?:列表)?$|^提醒列表$/;
const CANCEL =
  /^(?:取消|删除?|去掉)(?:第)?(?:个)?提醒 ?(?:第)? ?(\d{1,2})(?:个|条)?$|^(?:取消|删除?|去掉)第?(\d{1,2})[个条]提醒$/;

/** Takes a message about reminders of one's own; false when it is none. */
export function takeOwn(turn: Turn, raw: string): boolean {
  const text = normalise(raw).trim();
  const plain = fold(text);
  if (LIST.test(plain)) {
    listOwn(turn);
    return true;
  }
  const cancelled = CANCEL.exec(plain);
  if (cancelled) {
    cancelOwn(turn, Number(cancelled[1] ?? cancelled[2]));
    return true;
  }
  if (isQuestion(text)) return false;
  return cancelByDay(turn, text) || setOwn(turn, text);
}

/** 我的提醒: what was set, and the dates that are reminded of. */
export function listOwn(turn: Turn): void {
  const { say } = turn.kit.script;
  turn.say(say.ownList(turn.state, turn.state.remind ? ownDates(turn) : [], turn.now));
  repeatQuestion(turn);
}

/** 取消下周三的提醒: the one that is set for that day. */
function cancelByDay(turn: Turn, text: string): boolean {
  const said = /^(?:取消|删除?|去掉|不要)(.{1,16}?)的?提醒$/.exec(text)?.[1];
  const [date] = said === undefined ? [] : findDates(said, civilDateOf(turn.now), { prefer: 'future' });
  if (said === undefined) return false;
  const { own = [] } = turn.state;
  const day = date?.reading.kind === 'read' ? date.reading.value : undefined;
  const fits = own.flatMap((one, index) =>
    day === undefined
      ? one.text !== '' && said.includes(one.text)
        ? [index]
        : []
      : civilDateOf(one.at) === day
        ? [index]
        : [],
  );
  const [only] = fits;
  if (day === undefined && only === undefined) return false;
  if (only !== undefined && fits.length === 1) cancelOwn(turn, only + 1);
  else listOwn(turn);
  return true;
}

function cancelOwn(turn: Turn, number: number): void {
  const { say } = turn.kit.script;
  const { own = [] } = turn.state;
  const gone = own[number - 1];
  if (gone) {
    turn.state = { ...turn.state, own: own.filter((one) => one !== gone) };
    turn.say(say.ownCancelled(gone.text));
  } else turn.say(say.ownRefused('no-such', String(number)));
  repeatQuestion(turn);
}

function setOwn(turn: Turn, text: string): boolean {
  const { say } = turn.kit.script;
  const { own = [] } = turn.state;
  const read = readOwn(text, turn.now);
  if (read.kind === 'none') return false;
  if (read.kind === 'fault') turn.say(say.ownRefused(read.why, read.detail));
  else if (own.length >= MOST) turn.say(say.ownRefused('many', String(MOST)));
  else {
    const { at, text: what, moved } = read;
    turn.state = { ...turn.state, own: [...own, { id: turn.newId, at, text: what }].sort((a, b) => a.at - b.at) };
    turn.say(say.ownSet(at, what, moved));
  }
  repeatQuestion(turn);
  return true;
}
