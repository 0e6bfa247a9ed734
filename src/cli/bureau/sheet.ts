import { chmod, readFile, writeFile } from 'node:fs/promises';
import type { RosterRow } from '../../app/records/kinds.ts';
import { ROSTER_COLUMNS } from '../../../conversations/bureau.ts';

/** Spreadsheets of firms, as .xlsx or .csv. The libraries for .xlsx are loaded only for one. */

/** What is wrong with a file: not to be read, without the columns, or a row that lacks something. */
export class SheetFault extends Error {
  readonly what: 'unreadable' | 'unwritable' | 'columns' | 'row';
  readonly line: number;
  constructor(what: SheetFault['what'], line = 0) {
    super(`a sheet is ${what} at line ${line}`);
    this.name = 'SheetFault';
    this.what = what;
    this.line = line;
  }
}

/** Reads a list of firms. @throws SheetFault. */
export async function readRoster(file: string): Promise<RosterRow[]> {
  const [head = [], ...rows] = await readCells(file);
  const column = (names: readonly string[]): number =>
    head.findIndex((cell) => names.includes(cell.replace(/\s/g, '')));
  const at = {
    name: column(ROSTER_COLUMNS.name),
    city: column(ROSTER_COLUMNS.city),
    contact: column(ROSTER_COLUMNS.contact),
    phone: column(ROSTER_COLUMNS.phone),
  };
  if (at.name < 0 || at.city < 0) throw new SheetFault('columns');
  return rows.flatMap((row, index) => {
    const cell = (place: number): string => row[place]?.trim() ?? '';
    if (row.every((one) => one.trim() === '')) return [];
    const name = cell(at.name);
    const city = cell(at.city);
    if (name === '' || city === '') throw new SheetFault('row', index + 2);
    const contact = cell(at.contact);
    const phone = cell(at.phone);
    return { name, city, ...(contact === '' ? {} : { contact }), ...(phone === '' ? {} : { phone }) };
  });
}

async function readCells(file: string): Promise<string[][]> {
  try {
    if (!/\.xlsx$/i.test(file)) return csvCells(await readFile(file, 'utf8'));
    const { default: readSheet } = await import('read-excel-file/node');
    const sheets = await readSheet(file);
    const rows = sheets[0]?.data ?? [];
    return rows.map((row) => row.map((cell) => (cell === null ? '' : textOf(cell))));
  } catch {
    throw new SheetFault('unreadable');
  }
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

/** The cells of comma-separated text with quotes as in RFC 4180. */
export function csvCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const plain = text.replace(/^\uFEFF/, '');
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (plain.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',' || char === '\n') {
      row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (char === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += char;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\r$/, '')]);
  return rows;
}

/** A cell that a spreadsheet will not take for a formula. */
export function harmless(cell: string): string {
  return /^[=+\-@\t\r\n|%]/.test(cell) ? `'${cell}` : cell;
}

/** Writes rows of text; only the owner may read the file. @throws SheetFault. */
export async function writeSheet(file: string, rows: readonly (readonly string[])[], csv: boolean): Promise<void> {
  const cells = rows.map((row) => row.map(harmless));
  try {
    const bytes = csv ? csvBytes(cells) : await excelBytes(cells);
    await writeFile(file, bytes, { mode: 0o600 });
    // One that was there before keeps the mode it had.
    await chmod(file, 0o600);
  } catch {
    throw new SheetFault('unwritable');
  }
}

function csvBytes(rows: readonly (readonly string[])[]): Buffer {
  const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  // With its mark, spreadsheets take the text for what it is.
  return Buffer.from(`\uFEFF${rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('')}`, 'utf8');
}

async function excelBytes(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const { default: writeExcel } = await import('write-excel-file/node');
  const data = rows.map((row) => row.map((value) => ({ value, type: String })));
  return writeExcel(data).toBuffer();
}
