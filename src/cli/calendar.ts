import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ProgrammeFiles } from '../policy/index.ts';
import { addDays, startOfDay } from '../policy/dates.ts';

/*
 * The dates of a programme as a file for a calendar. They are the same for everybody, so there is one file for each
 * version of them: nothing of an enterprise is in it.
 */

/** Where the files lie, and how one comes into being. */
export interface CalendarFiles {
  /** The place of a programme's file, which need not exist yet. */
  readonly path: (programme: string) => string;
  /** Writes the file if it is one of these and not there, and removes older versions. @throws the system's error. */
  readonly provide: (path: string) => Promise<void>;
}

type Entry = ProgrammeFiles['timeline']['entries'][number];

const PREFIX = 'dates-';

function datesOf({ timeline }: ProgrammeFiles): readonly Entry[] {
  return timeline.entries.filter(({ remind }) => remind?.for.includes('applicant') === true);
}

/** The calendar files under a directory for what this process keeps. */
export function calendarFiles(stateDir: string, programmes: readonly ProgrammeFiles[]): CalendarFiles {
  const folder = resolve(stateDir, 'files');
  const paths = new Map<string, string>();
  const path = (id: string): string => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    const files = programmes.find(({ programme }) => programme.id === id);
    const version = createHash('sha256').update(JSON.stringify(files ? [files.programme.name, datesOf(files)] : id));
    const made = join(folder, `${PREFIX}${id}-${version.digest('hex').slice(0, 12)}.ics`);
    paths.set(id, made);
    return made;
  };
  return {
    path,
    async provide(wanted) {
      const files = programmes.find(({ programme }) => path(programme.id) === wanted);
      if (!files || existsSync(wanted)) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      const { default: writeFileAtomic } = await import('write-file-atomic');
      await writeFileAtomic(wanted, await calendarText(files), { mode: 0o600 });
      await removeOlder(wanted, `${PREFIX}${files.programme.id}-`);
    },
  };
}

async function removeOlder(path: string, prefix: string): Promise<void> {
  const version = /^[0-9a-f]{12}[.]ics$/;
  for (const name of await readdir(dirname(path))) {
    const isOlder = name.startsWith(prefix) && version.test(name.slice(prefix.length)) && name !== basename(path);
    if (isOlder) await unlink(join(dirname(path), name));
  }
}

/** The applicant's dates as iCalendar text (RFC 5545), the same for the same dates. */
export async function calendarText(files: ProgrammeFiles): Promise<string> {
  const { default: ical, ICalAlarmType } = await import('ical-generator');
  const { programme } = files;
  const draft = programme.status === 'draft' ? `【${programme.status_says}】` : '';
  const prodId = { company: programme.id, product: 'innovation-voucher-assistant', language: 'ZH' };
  const calendar = ical({ name: programme.name, prodId });
  for (const entry of datesOf(files)) {
    const isDay = entry.at === undefined;
    // The day of a date without a time is that of the text, wherever the calendar is read.
    const start = new Date(entry.at ?? `${entry.to ?? ''}T00:00:00Z`);
    const event = calendar.createEvent({
      id: `${entry.id}@${programme.id}`,
      // A stamp of its own would make another file of the same dates at every start.
      stamp: new Date(startOfDay(addDays(entry.at?.slice(0, 10) ?? entry.to ?? '', -365))),
      start,
      ...(isDay ? { allDay: true } : { end: start }),
      summary: entry.remind?.label ?? entry.label,
      description: `${entry.remind?.says ?? ''}（${entry.clause}）${draft}`,
    });
    for (const days of [7, 1])
      event.createAlarm({ type: ICalAlarmType.display, triggerBefore: days * 86_400, description: entry.label });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}
