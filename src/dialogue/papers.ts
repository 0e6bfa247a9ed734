import type { Checklist } from '../policy/index.ts';
import { fold, isQuestion, readChoices, withoutNote } from '../understanding/index.ts';
import { openInterview } from './script.ts';
import type { Turn } from './turn.ts';

/** Papers of the list that was shown: ticked off by number or in words, and taken back. */

type Item = Checklist['items'][number];

const HAVE =
  '有了?|有的|齐了?|齐全了?|备齐了?|备好了|准备好了|准备齐了|拿到了|办好了|办完了|开好了|找到了|盖好了|到手了|弄好了|写好了|好了|搞定了';
const LACK =
  '没有了?|没了|还?没有?|还缺|缺|还差|差|没拿到|没准备好?|没好|没办|没弄好|找不到了?|丢了|不见了|没齐|不齐|弄错了|勾错了|点错了';
const AFTER = new RegExp(
  `^(.{1,40}?)(?:也|都|全|已经?|其实|还|现在|目前|,|，| )*(?:(?<have>${HAVE})|(?<lack>${LACK}))[啊呀呢吧哈啦]?$`,
);
const BEFORE =
  /^(?:其实|我们?|现在|还)?(?:(?<lack>没有|没|缺|少了?|差|取消|去掉|划掉|撤掉|退掉)|(?<have>已?有|勾上?))(.{1,30}?)(?:了|呢|啊|吧)?$/;
const ALL = /^(?:这些|上面|以上|清单|上|的|全部|所有|材料|都|全|已经|已|也)*$/;
const NUMBERS = /^(?:第?\d{1,2}[项个号份]?[ ,，、和与及跟.]*){1,20}$/;
const MOST = 60;

/** Shows the list and remembers it: numbers are those of the list as it was shown. */
export function showPapers(turn: Turn): void {
  const view = turn.view();
  if (!view) return;
  turn.say(turn.kit.script.say.documents(view));
  rememberPapers(turn);
}

function rememberPapers(turn: Turn): void {
  const items = turn.view()?.verdict.checklist?.items ?? [];
  const papers = items.filter((item) => !item.inHand && !item.advised).map(({ id }) => id);
  turn.state = { ...turn.state, papers };
}

/** Takes a message about papers of the list that was shown; false when it is none. */
export function takePapers(turn: Turn, text: string): boolean {
  const { papers } = turn.state;
  const list = turn.view()?.verdict.checklist;
  if (!papers || !list || text.length > MOST || isQuestion(text)) return false;
  const asking = openInterview(turn.dossier())?.pending !== undefined;
  const plain = text.trim();
  const shown = papers.flatMap((id) => list.items.filter((item) => item.id === id));
  if (NUMBERS.test(plain)) {
    const several = (plain.match(/\d+/g) ?? []).length > 1;
    if (asking || (!several && turn.state.offered !== undefined)) return false;
    return tick(turn, named(plain, shown, shown));
  }
  const after = AFTER.exec(plain);
  const before = after ? null : BEFORE.exec(plain);
  const lacks = (after ?? before)?.groups?.['lack'] !== undefined;
  const subject = (after?.[1] ?? before?.[3] ?? '').replace(/^(?:我们?的?|其实|那个?|这个?)/, '');
  if (!after && !before) return false;
  if (asking && /^\d/.test(subject)) return false;
  const everything = ALL.test(subject) && (/全|所有|都|材料/.test(plain) || /齐/.test(plain));
  if (lacks) return !everything && takeBack(turn, named(subject, shown, list.items));
  return tick(turn, everything ? shown : named(subject, shown, list.items));
}

/** The items that a text names: by the numbers of the list that was shown, or by words of their names. */
function named(text: string, shown: readonly Item[], all: readonly Item[]): readonly Item[] {
  const byNumber = /\d|^[一二三四五六七八九十、和,， 第项]+$/.test(text);
  const from = byNumber ? shown : all;
  const reading = readChoices(
    text.replace(/[项个号份]/g, ''),
    from.map((item) => ({ id: item.id, label: item.name })),
  );
  if (reading.kind === 'read') return from.filter(({ id }) => reading.value.includes(id));
  if (byNumber) return [];
  const words = text
    .split(/[ ,，、和与及跟]+/)
    .map(fold)
    .filter((word) => word.length > 1);
  const hits = words.map((word) => all.filter((item) => fold(withoutNote(item.name)).includes(word)));
  return hits.length > 0 && hits.every((own) => own.length === 1) ? hits.flat() : [];
}

/** Ticks papers off; false when there are none. */
export function tick(turn: Turn, items: readonly Item[]): boolean {
  if (items.length === 0) return false;
  const open = items.filter((item) => !item.inHand);
  const paths = open.flatMap((item) =>
    item.anyOf.length > 0 ? item.anyOf.filter((one) => one.counts).map((one) => one.id) : [item.id],
  );
  turn.addFacts(paths.map((id) => ({ path: `documents_in_hand[${id}]`, value: true })));
  // Of a paper that depends on something not known yet nothing can be ticked.
  const waits = (item: Item): boolean => item.anyOf.length > 0 && !item.anyOf.some((one) => one.counts);
  const names = items.filter((item) => !waits(item)).map((item) => item.name);
  const waiting = items.filter(waits).map((item) => item.name);
  const view = turn.view();
  if (view) turn.say(turn.kit.script.say.documentTicked(names, waiting, view));
  rememberPapers(turn);
  return true;
}

/** Takes papers back that were ticked off; false when none is named. */
function takeBack(turn: Turn, items: readonly Item[]): boolean {
  if (items.length === 0) return false;
  const ids = items.filter((item) => item.inHand).flatMap((item) => [item.id, ...item.anyOf.map((one) => one.id)]);
  const { top } = turn.facts();
  const held = ids.map((id) => `documents_in_hand[${id}]`).filter((path) => top[path] === true);
  turn.addFacts(held.map((path) => ({ path, value: false })));
  const view = turn.view();
  if (view)
    turn.say(
      turn.kit.script.say.documentTakenBack(
        items.map(({ name }) => name),
        view,
      ),
    );
  rememberPapers(turn);
  return true;
}
