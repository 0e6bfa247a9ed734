import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { hashFolder } from '../src/content/hash.ts';
import { figureSchema, summary, table, type Figure } from './figure.ts';
import { inOwnProcess, preparePlace } from './place.ts';
import { run as postgres } from './postgres.ts';
import { printProfile } from './profile.ts';
import { run as store } from './store.ts';

/** The parts with targets, in the order in which they run; each in a process of its own. */
const PARTS = {
  engine: 'the conversation engine in memory',
  durable: 'whole messages over the embedded store',
  rules: 'the rules',
  lines: 'the quick check as a command',
  scale: 'many chats',
  start: 'the start',
  questions: 'free questions',
  telegram: 'the Telegram channel on loopback',
} as const;

/** The embedded store alone; it prints as it goes. */
const STORE = 'store';
const PROFILE = 'profile';
/** Minutes long, with a server of its own: only when asked for. */
const POSTGRES = 'postgres';
const EXTRAS = [STORE, POSTGRES, PROFILE];

const root = resolve(import.meta.dirname, '..');
const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => ![...names, ...EXTRAS].includes(name));
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown.join(', ')}; there are ${[...names, ...EXTRAS].join(', ')}`);
const runs = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

const [cpu] = cpus();
console.log(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 1e9)} GB, node ${process.version}\n`,
);

const compiled = join(root, 'dist/data.json');
const fits =
  existsSync(compiled) && readFileSync(compiled, 'utf8').startsWith(`{"hash":"${hashFolder(join(root, 'data'))}"`);
if (!fits) console.log('dist/ was not built of this data/: every start reads the sources. Run npm run build first.\n');

const figures: Figure[] = [];
const place = await preparePlace(root, ['record', 'telegram-people', ...names]);
try {
  await inOwnProcess(place, 'record', 'run', [place]);
  for (const name of names.filter(runs)) {
    console.log(PARTS[name]);
    const measured = z.array(figureSchema).parse(await inOwnProcess(place, name, 'run', [place]));
    for (const line of table(measured)) console.log(line);
    figures.push(...measured);
  }
  if (wanted.includes(PROFILE)) await printProfile(place);
} finally {
  await place.remove();
}
if (runs(STORE)) {
  console.log('the embedded store alone');
  await store();
}
if (wanted.includes(POSTGRES)) {
  console.log('the store on PostgreSQL');
  const measured = await postgres();
  for (const line of table(measured)) console.log(line);
  figures.push(...measured);
}
console.log('\ntargets');
for (const line of summary(figures)) console.log(line);
