import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { ask, type Told } from './desk.ts';

/** What an officer says of the papers of an enterprise. */

/** Says what the desk has told, or why it did not. */
export function tell<Value>(turn: Turn, told: Told<Value>, words: (value: Value) => Reply): void {
  turn.say(told.ok ? words(told.value) : turn.kit.script.staff.refused(told.why));
}

/** 已收 and 退回, with the name and what is missing. */
export function mark(turn: Turn, id: 'received' | 'returned', argument: string): void {
  const { staff } = turn.kit.script;
  const parts = /^(\S+?)(?:[\s,，:：]+(?:缺少?)?\s*([\s\S]*))?$/.exec(argument.trim());
  const name = parts?.[1] ?? '';
  if (name === '') {
    turn.say(staff.markAsk());
    return;
  }
  const input = {
    name,
    mark: id,
    lacks: id === 'returned' ? (parts?.[2] ?? '').trim().slice(0, 200) : '',
    id: turn.newId,
  };
  tell(turn, ask(turn.aside, 'mark', input), (value) => staff.marked(value.name, id, value.told));
}
