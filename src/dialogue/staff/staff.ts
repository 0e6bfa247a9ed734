import { fold, readYesNo } from '../../understanding/index.ts';
import { repeatQuestion } from '../asking.ts';
import { slashCommand, wordCommand, type Command } from '../commands.ts';
import type { Event } from '../reply.ts';
import type { CommandId } from '../script.ts';
import type { Turn } from '../turn.ts';
import { ask, type Standing } from './desk.ts';
import { mark, tell } from './mark.ts';
import { askAudience, askText, beginBroadcast, keepDraft, takeAudience, takeConfirm, takeText } from './write.ts';

/** What bureau staff say, besides writing a broadcast. Nothing of it is done, or told, to anybody else. */

export type StaffCommand = Extract<
  CommandId,
  | 'bind'
  | 'broadcast'
  | 'broadcasts'
  | 'withdraw'
  | 'pause'
  | 'resume'
  | 'approve'
  | 'received'
  | 'returned'
  | 'enterprises'
  | 'forwarded'
>;

/** Carries out a staff command. */
export function staffCommand(turn: Turn, id: StaffCommand | 'cancel', argument: string): void {
  const { staff } = turn.kit.script;
  switch (id) {
    case 'bind':
      turn.say(argument === '' && !turn.aside.group ? staff.bindAsk() : staff.bound(bindWith(turn, argument)));
      break;
    case 'broadcast':
      beginBroadcast(turn);
      return;
    case 'broadcasts':
      list(turn, argument);
      break;
    case 'withdraw':
      tell(turn, ask(turn.aside, 'withdraw', { id: idOf(argument) }), (value) => staff.withdrawn(value));
      break;
    case 'pause':
    case 'resume':
    case 'cancel':
      control(turn, id, idOf(argument));
      break;
    case 'approve':
      review(turn, idOf(argument));
      return;
    case 'received':
    case 'returned':
      mark(turn, id, argument);
      break;
    case 'forwarded': {
      const done = argument !== 'no';
      tell(turn, ask(turn.aside, 'forwarded', { done }), ({ office }) => staff.forwarded(office, done));
      break;
    }
    case 'enterprises':
      tell(turn, ask(turn.aside, 'enterprises', {}), ({ rows, count }) => staff.enterprises(rows, count));
      break;
  }
  repeatQuestion(turn);
}

/** Whether the desk answers this chat at all. */
export function isStaff(turn: Turn): boolean {
  return ask(turn.aside, 'list', {}).ok;
}

function bindWith(turn: Turn, code: string) {
  return ask(turn.aside, 'bind', { code: code.slice(0, 100) });
}

function idOf(argument: string): string {
  return fold(argument)
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 40);
}

function list(turn: Turn, argument: string): void {
  const { staff } = turn.kit.script;
  if (argument === '') {
    tell(turn, ask(turn.aside, 'list', {}), (all) => staff.list(all, turn.now));
    return;
  }
  const [id = '', part = '1'] = argument.split(/\s+/);
  const input = { id: idOf(id), part: /^[1-9]\d{0,3}$/.test(part) ? Number(part) : 1 };
  tell(turn, ask(turn.aside, 'report', input), (one) => staff.report(one, turn.now));
}

const CONTROLS: Readonly<Record<'pause' | 'resume' | 'cancel', readonly Standing['stage'][]>> = {
  pause: ['approval', 'undo', 'scheduled', 'sending'],
  resume: ['paused'],
  cancel: ['approval', 'undo', 'scheduled', 'sending', 'paused', 'stopped'],
};

/** Without an id, the only broadcast that it can be about. */
function control(turn: Turn, verb: 'pause' | 'resume' | 'cancel', id: string): void {
  const { staff } = turn.kit.script;
  if (id !== '') {
    tell(turn, ask(turn.aside, verb, { id }), (standing) => staff.report(standing, turn.now));
    return;
  }
  const all = ask(turn.aside, 'list', {});
  if (!all.ok) {
    turn.say(staff.refused(all.why));
    return;
  }
  const fitting = all.value.filter(({ stage }) => CONTROLS[verb].includes(stage));
  const [only] = fitting;
  if (fitting.length !== 1 || !only) turn.say(staff.which(verb, fitting));
  else tell(turn, ask(turn.aside, verb, { id: only.id }), (standing) => staff.report(standing, turn.now));
}

function review(turn: Turn, id: string): void {
  const { staff } = turn.kit.script;
  const told = ask(turn.aside, 'review', { id });
  if (!told.ok) {
    turn.say(staff.refused(told.why));
    repeatQuestion(turn);
    return;
  }
  keepDraft(turn, { step: 'approve', id, hash: told.value.hash });
  turn.say(
    { text: `${staff.previewHead()}\n${told.value.shown.text}` },
    {
      text: staff.reviewAsk(told.value, told.value.cities),
      choices: staff.reviewChoices(),
      ask: { step: 'broadcast.approve', n: 1, kind: 'yes_no', facts: [] },
    },
  );
}

/** Takes a message for the draft that is open; false when there is none, or the message is something else. */
export function answerDraft(turn: Turn, event: Event): boolean {
  const { script } = turn.kit;
  const draft = turn.state.staff;
  if (!draft || event.kind === 'file') return false;
  const text = event.kind === 'text' ? event.text : event.id;
  if (slashCommand(text, script.commands)) return false;
  const command = wordCommand(text, script.commands);
  if (command && (command.argument === '' || draft.step !== 'text') && moved(turn, command)) return true;
  switch (draft.step) {
    case 'audience':
      if (takeAudience(turn, draft, text)) return true;
      if (command) return false;
      turn.say({ text: script.staff.audienceUnknown(text.slice(0, 20)) });
      askAudience(turn);
      return true;
    case 'text':
      takeText(turn, draft, text);
      return true;
    case 'confirm':
      if (command && !/\d/.test(text)) return false;
      takeConfirm(turn, draft, text);
      return true;
    case 'approve':
      return decide(turn, draft.id, draft.hash, text);
  }
}

/** 上一步 and 退出 within a draft. */
function moved(turn: Turn, { id, argument }: Command): boolean {
  const draft = turn.state.staff;
  if (!draft) return false;
  if (id === 'cancel' && argument === '') {
    keepDraft(turn, undefined);
    turn.say(turn.kit.script.staff.dropped());
    return true;
  }
  if (id !== 'back' || draft.step === 'approve') return false;
  if (draft.step === 'confirm') {
    keepDraft(turn, { step: 'text', id: draft.id, audience: draft.audience });
    askText(turn);
  } else {
    keepDraft(turn, { step: 'audience', id: draft.id });
    askAudience(turn);
  }
  return true;
}

function decide(turn: Turn, id: string, hash: string, text: string): boolean {
  const { staff } = turn.kit.script;
  const said = fold(text);
  const yes = text === 'approve_yes' || said === '批准' || said === '同意' || said === '1';
  const no = text === 'approve_no' || said === '不批准' || said === '不同意' || said === '2';
  if (!yes && !no && readYesNo(text).kind !== 'read') return false;
  keepDraft(turn, undefined);
  if (yes) tell(turn, ask(turn.aside, 'approve', { id, hash }), (standing) => staff.approved(standing, turn.now));
  else turn.say(staff.notApproved());
  return true;
}
