import { fold, isQuestion, readChoice } from '../understanding/index.ts';
import type { Turn } from './turn.ts';

/** What is called by its name or number: a programme, a button of the last reply. */

/** 我们是…的, 俺是…嘞: somebody says which programme is theirs. */
const OURS = /^(?:我们?|俺们?|咱们?)?(?:公司|企业|这边|这里)?(?:是|要|看|问|按|选)?/;
const OF = /(?:市|省)?(?:这边|那边|这里)?(?:的|嘞|哩|咧|滴|哒|得)(?:政策|公司|企业)?(?:呀|啊|哦|呢)?$/;

/** A programme called by its name, as the whole message. */
export function programmeId(turn: Turn, text: string): string | undefined {
  const bare = text.length > 20 || !OF.test(text) ? text : text.replace(OURS, '').replace(OF, '');
  const named = turn.guides().find(({ files }) => {
    const { id, short, name, title } = files.programme;
    return [id, short, name, title].includes(text) || (bare !== text && [short, name].includes(bare));
  });
  return named?.files.programme.id;
}

/** Whether a text begins as somebody speaks of their own firm. */
export function saysOurs(text: string): boolean {
  return OURS.exec(text)?.[0] !== '';
}

/** 要材料, 看材料 mean the button; 临县联系电话 does not. */
const AROUND_LABEL = 2;

/** The id of an offered button whose number or words were typed. */
export function offeredId(turn: Turn, text: string): string | undefined {
  const { offered } = turn.state;
  if (!offered || text.length > 20) return undefined;
  const fits = offered.some(({ label }) => text.length <= label.length + AROUND_LABEL);
  // A sentence in which the words of a button occur asks for something else.
  if (!fits || isQuestion(text)) return undefined;
  const reading = readChoice(text, offered);
  if (reading.kind !== 'read') return undefined;
  // 没有 is no judgement of an answer: that takes the button's own words.
  const judges = reading.value === 'good' || reading.value === 'bad';
  const label = offered.find(({ id }) => id === reading.value)?.label ?? '';
  return judges && !/^\d$/.test(text) && fold(label) !== fold(text) ? undefined : reading.value;
}
