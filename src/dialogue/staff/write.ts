import { fold, normalise } from '../../understanding/index.ts';
import type { Turn } from '../turn.ts';
import { ask, type Preview } from './desk.ts';
import type { StaffDraft } from './draft.ts';
import { readAudience, readMoment } from './wish.ts';

/** Writing a broadcast: whom it is for, what it says, and the count that confirms it. */

type Draft<Step extends StaffDraft['step']> = Extract<StaffDraft, { readonly step: Step }>;

/** Keeps the draft, or lets go of it. */
export function keepDraft(turn: Turn, draft: StaffDraft | undefined): void {
  const { staff: _old, ...rest } = turn.state;
  turn.state = draft ? { ...rest, staff: draft } : rest;
}

/** 群发: begins a broadcast. Its id comes from here, so that to confirm it twice is to send it once. */
export function beginBroadcast(turn: Turn): void {
  keepDraft(turn, { step: 'audience', id: shortId(turn.newId) });
  askAudience(turn);
}

/** What people have to type: the end of an id that rises, of which eight places tell any two apart. */
export function shortId(id: string): string {
  return id
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-8)
    .toLowerCase();
}

export function askAudience(turn: Turn): void {
  const { staff } = turn.kit.script;
  const office = ask(turn.aside, 'office', { action: 'broadcast' });
  if (!office.ok) {
    keepDraft(turn, undefined);
    turn.say(staff.refused(office.why));
    return;
  }
  turn.say({
    text: staff.audienceAsk(office.value),
    choices: staff.audienceChoices(),
    ask: { step: 'broadcast.audience', n: 1, kind: 'multi', facts: [] },
  });
}

export function askText(turn: Turn): void {
  turn.say({
    text: turn.kit.script.staff.textAsk(),
    ask: { step: 'broadcast.text', n: 2, kind: 'text', facts: [] },
  });
}

/** Takes the audience; false when it is none. */
export function takeAudience(turn: Turn, draft: Draft<'audience'>, text: string): boolean {
  const { staff } = turn.kit.script;
  const office = ask(turn.aside, 'office', { action: 'broadcast' });
  if (!office.ok) {
    keepDraft(turn, undefined);
    turn.say(staff.refused(office.why));
    return true;
  }
  const reading = readAudience(turn.kit, office.value, staff.audienceChoices(), text);
  if (reading.kind === 'unknown') return false;
  const { audience } = reading;
  const counted = ask(turn.aside, 'count', { audience });
  if (!counted.ok || counted.value.count === 0) {
    turn.say(counted.ok ? { text: staff.nobody(counted.value) } : staff.refused(counted.why));
    askAudience(turn);
    return true;
  }
  keepDraft(turn, { step: 'text', id: draft.id, audience });
  turn.say({ text: staff.counted(counted.value) });
  askText(turn);
  return true;
}

/** Takes the text, and shows it as a recipient will see it. */
export function takeText(turn: Turn, draft: Draft<'text'>, raw: string): void {
  // As it was written, but for blanks around it: lines are part of a message.
  const text = raw.trim();
  showPreview(turn, { step: 'confirm', id: draft.id, audience: draft.audience, text });
}

/** The preview with the count to be sent back; a text that cannot be sent goes back to its step. */
export function showPreview(turn: Turn, draft: Draft<'confirm'>): void {
  const { staff } = turn.kit.script;
  const { id, audience, text, at } = draft;
  const preview = ask(turn.aside, 'preview', { audience, text, ...(at === undefined ? {} : { at }) });
  if (!preview.ok) {
    keepDraft(turn, undefined);
    turn.say(staff.refused(preview.why));
    return;
  }
  if (preview.value.faults.length > 0) {
    keepDraft(turn, { step: 'text', id, audience });
    turn.say({ text: staff.faults(preview.value.faults, preview.value.count) });
    askText(turn);
    return;
  }
  keepDraft(turn, draft);
  turn.say({ text: `${staff.previewHead()}\n${preview.value.shown.text}` });
  askConfirm(turn, draft, preview.value);
}

function askConfirm(turn: Turn, draft: Draft<'confirm'>, preview: Preview): void {
  const { guides, script } = turn.kit;
  turn.say({
    text: script.staff.confirmAsk(preview, draft.audience, guides.get(draft.audience.programme)),
    ask: { step: 'broadcast.confirm', n: 3, kind: 'count', facts: [] },
  });
}

/** Takes the count, or a time of sending; anything else is told to be neither. */
export function takeConfirm(turn: Turn, draft: Draft<'confirm'>, text: string): void {
  const { staff } = turn.kit.script;
  const plain = fold(normalise(text)).replace(/[家户个条]$/, '');
  // Nothing but the number itself confirms.
  if (/^\d{1,7}$/.test(plain)) {
    confirm(turn, draft, Number(plain));
    return;
  }
  const at = readMoment(text, turn.now);
  if (at === undefined) {
    turn.say({ text: staff.confirmUnknown(), ask: { step: 'broadcast.confirm', n: 3, kind: 'count', facts: [] } });
    return;
  }
  if (at <= turn.now) turn.say({ text: staff.past() });
  showPreview(turn, at <= turn.now ? draft : { ...draft, at });
}

function confirm(turn: Turn, draft: Draft<'confirm'>, count: number): void {
  const { staff } = turn.kit.script;
  const { id, audience, text, at } = draft;
  const sent = ask(turn.aside, 'send', { id, audience, text, count, ...(at === undefined ? {} : { at }) });
  if (sent.ok) {
    keepDraft(turn, undefined);
    turn.say(staff.sent(sent.value, turn.now));
    return;
  }
  if (sent.why !== 'changed') {
    keepDraft(turn, undefined);
    turn.say(staff.refused(sent.why));
    return;
  }
  turn.say({ text: staff.countWrong(count, sent.count ?? 0) });
  showPreview(turn, draft);
}
