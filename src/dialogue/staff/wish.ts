import { addDays, civilDateOf, startOfDay } from '../../policy/index.ts';
import { findDates, findPlaces, fold, normalise, readChoices } from '../../understanding/index.ts';
import type { Guide } from '../guide.ts';
import type { Kit } from '../kit.ts';
import type { ReplyChoice } from '../reply.ts';
import type { Audience } from './audience.ts';
import type { Office } from './desk.ts';

/** What an officer writes about whom a broadcast is for and when it is sent. */

export type AudienceReading =
  { readonly kind: 'read'; readonly audience: Audience } | { readonly kind: 'unknown'; readonly part: string };

type Conditions = Omit<Audience, 'programme' | 'cities'>;

/** Conditions behind the ids of the buttons. */
const BUTTONS: Readonly<Record<string, Conditions>> = {
  all: {},
  open: { filed: false },
  lacking: { filed: false, lacks: '*' },
  eligible: { verdict: 'eligible' },
  unseen: { unseenDays: 30 },
  roster: { roster: true },
};

const UNSEEN = /^(\d{1,4})天(?:以上|内)?(?:没|未)/;
const LACKS = /^(?:还)?(?:缺|差|少)(?:少)?(.{1,30})$/;
const PARTS = /[\s,，、;；+]+/;

/** Reads an audience; cities default to all of the office. Cities that are not the office's are told by whoever counts. */
export function readAudience(kit: Kit, office: Office, choices: readonly ReplyChoice[], text: string): AudienceReading {
  const guide = kit.guides.get(office.programme);
  const picked = readChoices(normalise(text), [...choices]);
  const parts = picked.kind === 'read' ? picked.value : normalise(text).trim().split(PARTS);
  const cities = new Set<string>();
  let conditions: Conditions = {};
  for (const part of parts.filter((one) => one !== '')) {
    const found = BUTTONS[part] ?? conditionOf(guide, choices, part);
    const city = found ? undefined : cityOf(kit, part);
    if (city !== undefined) cities.add(city);
    else if (found) conditions = { ...conditions, ...found };
    else return { kind: 'unknown', part };
  }
  const all = cities.size > 0 ? [...cities] : office.cities;
  return { kind: 'read', audience: { programme: office.programme, cities: all, ...conditions } };
}

function conditionOf(guide: Guide | undefined, choices: readonly ReplyChoice[], part: string): Conditions | undefined {
  const plain = fold(part);
  const label = choices.find((choice) => fold(choice.label) === plain);
  if (label) return BUTTONS[label.id];
  if (['全部', '所有', '全市', '全省'].includes(plain)) return {};
  if (['未提交', '没提交', '没交', '未报送', '还没提交'].includes(plain)) return { filed: false };
  if (['已提交', '已报送', '已交'].includes(plain)) return { filed: true };
  if (['符合条件', '能申请', '符合'].includes(plain)) return { verdict: 'eligible' };
  if (['不符合', '不符合条件', '不能申请'].includes(plain)) return { verdict: 'ineligible' };
  if (['不确定', '待确认', '还不能确定'].includes(plain)) return { verdict: 'undetermined' };
  if (['名单', '名单上', '名单上的'].includes(plain)) return { roster: true };
  const unseen = UNSEEN.exec(plain);
  if (unseen) return { unseenDays: Number(unseen[1]) };
  const paper = LACKS.exec(plain)?.[1];
  if (paper !== undefined) return lacking(guide, paper);
  return stateOf(guide, plain);
}

function lacking(guide: Guide | undefined, paper: string): Conditions | undefined {
  if (paper === '材料') return { lacks: '*' };
  const sets = guide?.files.documents.sets ?? [];
  // Papers that are checked for stand on the lists of applicants; others only explain.
  const items = [...sets].sort((a, b) => Number(b.checked) - Number(a.checked)).flatMap((set) => set.items);
  const item = items.find(({ name }) => fold(name) === paper) ?? items.find(({ name }) => fold(name).includes(paper));
  return item && { lacks: item.name };
}

function stateOf(guide: Guide | undefined, plain: string): Conditions | undefined {
  const states = guide?.files.procedure.machines.flatMap((machine) => Object.entries(machine.states)) ?? [];
  const state = states.find(([id, label]) => fold(label) === plain || fold(id) === plain);
  return state && { progress: state[0] };
}

function cityOf(kit: Kit, part: string): string | undefined {
  const [found, ...more] = findPlaces(part, kit.places);
  const place = found?.places.find(({ city }) => city !== undefined);
  return more.length === 0 && found && fold(part).length <= found.name.length + 1 ? place?.city : undefined;
}

const TIME = /(上午|早上|中午|下午|晚上|晚)? ?(\d{1,2}) ?(?:[:点时] ?(半|\d{1,2})?分?)/;
const HOUR_MS = 3_600_000;
const DEFAULT_HOUR = 9;

/**
 * The instant (UTC ms) of 明天9点, 7月1日上午10点半; undefined when the text names none. A day alone means nine in the
 * morning; a time alone means its next occurrence.
 */
export function readMoment(text: string, now: number): number | undefined {
  const plain = normalise(text);
  const today = civilDateOf(now);
  const said = findDates(plain, today, { prefer: 'future' }).find(({ reading }) => reading.kind === 'read');
  const date = said?.reading.kind === 'read' ? said.reading.value : undefined;
  const rest = said ? plain.slice(0, said.span[0]) + plain.slice(said.span[1]) : plain;
  const time = TIME.exec(rest);
  if (date === undefined && !time) return undefined;
  const ms = time ? timeOf(time) : DEFAULT_HOUR * HOUR_MS;
  if (ms === undefined) return undefined;
  if (date !== undefined) return startOfDay(date) + ms;
  const next = startOfDay(today) + ms;
  return next > now ? next : startOfDay(addDays(today, 1)) + ms;
}

function timeOf([, part = '', hourText = '', minuteText]: RegExpExecArray): number | undefined {
  const hour = Number(hourText);
  const late = /下午|晚/.test(part) && hour < 12 ? hour + 12 : hour;
  const minute = minuteText === '半' ? 30 : Number(minuteText ?? 0);
  return late < 24 && minute < 60 ? late * HOUR_MS + minute * 60_000 : undefined;
}
