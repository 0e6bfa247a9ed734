import { content, kit, Talk } from './kit.ts';

/** Where everything exact in a reply comes from: the cited text, the directory, the size standard, or the user's figures. */

const NOWS = [
  '2026-06-23T10:00:00+08:00',
  '2026-07-15T09:00:00+08:00',
  '2026-11-21T10:00:00+08:00',
  '2027-02-01T10:00:00+08:00',
];

/** A small generator, the same on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Pick = <T>(from: readonly T[]) => T;

const asks = content.programmes.flatMap(({ answers }) => answers.answers.flatMap((one) => one.asks));
const talks = content.talk.talk.flatMap((one) => one.asks);
const places = content.places.flatMap((file) => file.places.map((place) => place.name));

function amount(random: () => number): string {
  const n = Math.floor(random() * 900) + 1;
  return random() < 0.5 ? `${String(n)}万` : random() < 0.5 ? `${String(n * 100)}元` : `${String(n / 10)}万元`;
}

function date(random: () => number, pick: Pick): string {
  const day = `${String(1 + Math.floor(random() * 12))}月${String(1 + Math.floor(random() * 28))}号`;
  return `${pick(['', '去年', '今年', '2025年', '2026年'])}${day}`;
}

function messageOf(random: () => number): string {
  const pick: Pick = (from) => from[Math.floor(random() * from.length)] ?? from[0]!;
  const templates: readonly (() => string)[] = [
    () => pick(asks),
    () => pick(asks),
    () => pick(talks),
    () => `${pick(places)}${pick(['电话', '那边找谁', '的', '的企业花了'])}`,
    () => `花了${amount(random)}能补多少`,
    () => `已经批了${amount(random)}又花了${amount(random)}还能补多少`,
    () => `${date(random, pick)}开的票行吗`,
    () => `${date(random, pick)}交还来得及吗`,
    () => `听说${date(random, pick)}截止对吗`,
    () => `${date(random, pick)}是星期几上班吗`,
    () =>
      `${pick(['制造业', '软件公司', '物业公司', '批发'])} ${String(Math.floor(random() * 2000))}人 营收${amount(random)} 算大型吗`,
    () => `${pick(asks)}？${pick(asks)}`,
    () => `${pick(places)} ${pick(asks)}`,
  ];
  const text = pick(templates)();
  if (random() > 0.1) return text;
  // A slip of typing: one character missing.
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + text.slice(at + 1);
}

const digits = (text: string): string => text.normalize('NFKC').replace(/[—–-]/g, '-').replace(/\s+/g, '');
const sources = digits(
  [
    ...Object.values(content.notices),
    ...content.programmes.flatMap(({ contacts }) =>
      contacts.entries.flatMap((entry) => [entry.original, ...entry.phones.map(({ dial }) => dial), entry.url ?? '']),
    ),
    JSON.stringify(content.standard),
    ...content.programmes.flatMap(({ questions }) => questions.questions.map(({ example }) => example ?? '')),
  ].join('\n'),
);
const people = content.programmes.flatMap(({ contacts }) => contacts.entries.flatMap(({ person }) => person ?? []));
/** A person is named behind the office, in front of the number. */
const NAMED = /(?:局|会|处|部|中心) ([\u4e00-\u9fff]{2,4}) \d/g;
const PHONE = /(?<![\d.])0\d{2,3}-?\d{7,8}(?!\d)|(?<![\d.\-:/])\d{7,8}(?![\d.:元万])/g;
const PERCENT = /(\d+(?:\.\d+)?)%/g;
const DAY = /(\d{4})年(\d{1,2})月(\d{1,2})日/g;

/** What a reply says exactly and nothing supports. */
export function unsupported(reply: string, message: string): readonly string[] {
  const text = digits(reply);
  const spaced = reply.normalize('NFKC').replace(/[—–]/g, '-');
  const said = digits(message);
  const faults: string[] = [];
  for (const [phone] of spaced.matchAll(PHONE))
    if (!sources.includes(phone) && !said.includes(phone)) faults.push(phone);
  for (const [, person = ''] of spaced.matchAll(NAMED)) if (!people.includes(person)) faults.push(person);
  for (const [percent] of text.matchAll(PERCENT)) if (!sources.includes(percent)) faults.push(percent);
  for (const [day, , month = '', of = ''] of text.matchAll(DAY)) {
    const named = `${String(Number(month))}月${String(Number(of))}`;
    // The ends of the periods, and days that the user named or that end or begin a named month.
    const known =
      sources.includes(day) ||
      said.includes(named) ||
      said.includes(`${of}号`) ||
      said.includes(`${of}日`) ||
      /^(?:1|28|29|30|31)$/.test(String(Number(of)));
    if (
      !known &&
      !NOWS.some((now) => now.startsWith(`${day.slice(0, 4)}-${month.padStart(2, '0')}-${of.padStart(2, '0')}`))
    )
      faults.push(day);
  }
  return [...faults, ...unsupportedAmounts(text, said)];
}

const AMOUNT = /(\d[\d,]*(?:\.\d+)?)(亿|万)?元/g;
const SAID = /(\d+(?:\.\d+)?)(亿|万)?/g;
const fenOf = (number: string, unit: string | undefined): number =>
  Math.round(Number(number.replace(/,/g, '')) * (unit === '亿' ? 1e10 : unit === '万' ? 1e6 : 100));
const CAPS = [50_000_000, 100_000_000, 10_000_000];
const RATES = [0.5, 0.3];

const WRITTEN = /[一二两三四五六七八九十百千万亿]+/g;
const DIGITS = '零一二三四五六七八九';
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 };

/** A number in Chinese characters, in fen; 一万三 is thirteen thousand. */
function writtenFen(text: string): number {
  let total = 0;
  let section = 0;
  let digit = 0;
  let last = 1;
  for (const char of text.replace(/两/g, '二')) {
    const place = PLACES[char];
    if (place === undefined) digit = DIGITS.indexOf(char);
    else if (place >= 10_000) {
      total = (total + section + digit) * place;
      section = 0;
      digit = 0;
    } else {
      section += (digit || 1) * place;
      digit = 0;
    }
    last = place ?? last;
  }
  return (total + section + (last >= 1_000 ? digit * (last / 10) : digit)) * 100;
}

/** Amounts that neither stand in a source nor follow from what the user said. */
function unsupportedAmounts(text: string, said: string): string[] {
  const given = [
    ...[...said.matchAll(SAID)].map(([, number = '', unit]) => fenOf(number, unit)),
    ...[...said.matchAll(WRITTEN)].map(([whole]) => writtenFen(whole)),
  ];
  const sums = new Set<number>(given);
  for (const a of given) for (const b of given) sums.add(a + b);
  const possible = new Set<number>([...sums]);
  for (const base of sums)
    for (const rate of RATES) {
      possible.add(Math.floor(base * rate));
      possible.add(Math.ceil(base / rate));
      for (const cap of CAPS)
        for (const got of [0, ...sums]) possible.add(Math.max(0, Math.min(base * rate, cap - got)));
    }
  for (const cap of CAPS) for (const rate of RATES) possible.add(Math.ceil(cap / rate));
  for (const one of [...possible]) {
    possible.add(Math.floor(one / 2));
    possible.add(one - Math.floor(one / 2));
  }
  return [...text.matchAll(AMOUNT)].flatMap(([whole, number = '', unit]) => {
    const bare = whole.replace(/元$/, '');
    return sources.includes(bare) || possible.has(fenOf(number, unit)) || number === '0' ? [] : [whole];
  });
}

/**
 * Sends random messages to new chats, and looks for everything exact that no source supports.
 * @returns one line per fault. @param rounds how many messages. @param seed of the generator.
 */
export function provenanceFaults(rounds: number, seed: number): readonly string[] {
  const random = randomOf(seed);
  const faults: string[] = [];
  const programmes = [undefined, ...kit.guides.keys()];
  for (let round = 0; round < rounds; round += 1) {
    const talk = new Talk(NOWS[Math.floor(random() * NOWS.length)]!);
    const programme = programmes[Math.floor(random() * programmes.length)];
    if (programme !== undefined) talk.type(`/programme ${programme}`);
    const message = messageOf(random);
    talk.type(message);
    for (const one of unsupported(talk.text(), message)) faults.push(`${one} | ${message} | ${talk.text()}`);
  }
  return faults;
}
