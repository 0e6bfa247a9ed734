import type { Event } from '../dialogue/reply.ts';

/** What one line of the protocol asks for. */
export type StdioLine =
  | {
      readonly kind: 'message';
      readonly chat: string;
      readonly event: Event;
      readonly messageId: string | undefined;
      readonly at: number | undefined;
    }
  | { readonly kind: 'tick'; readonly text: string; readonly at: number }
  | { readonly kind: 'bureau'; readonly args: readonly string[] }
  | { readonly kind: 'error'; readonly path: string; readonly message: string };

/** Reads an ISO 8601 instant with offset as UTC ms. */
export type ReadInstant = (text: string) => number | undefined;

type Fields = Readonly<Record<string, unknown>>;

class LineFault extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'LineFault';
    this.path = path;
  }
}

const EVENT_KEYS = ['text', 'choice', 'file'] as const;
const MESSAGE_KEYS = ['chat', ...EVENT_KEYS, 'at', 'message_id'];
const FILE_KEYS = ['path', 'name', 'mime'];
/** Ids are kept for ever, unlike texts. */
const ID_LENGTH = 256;

/** Reads one line; whatever is wrong with it becomes an error that names the place. Never throws. */
export function parseStdioLine(text: string, readInstant: ReadInstant): StdioLine {
  try {
    return lineOf(fieldsOf(parse(text), ''), readInstant);
  } catch (error) {
    if (error instanceof LineFault) return { kind: 'error', path: error.path, message: error.message };
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LineFault('', '不是 JSON');
  }
}

function lineOf(fields: Fields, readInstant: ReadInstant): StdioLine {
  if (Object.hasOwn(fields, 'tick')) {
    onlyKeys(fields, ['tick'], '');
    return { kind: 'tick', text: String(fields.tick), at: instantOf(fields.tick, 'tick', readInstant) };
  }
  if (Object.hasOwn(fields, 'bureau')) {
    onlyKeys(fields, ['bureau'], '');
    return { kind: 'bureau', args: wordsOf(fields.bureau) };
  }
  onlyKeys(fields, MESSAGE_KEYS, '');
  return {
    kind: 'message',
    chat: idOf(fields.chat, 'chat'),
    event: eventOf(fields),
    messageId: Object.hasOwn(fields, 'message_id') ? idOf(fields.message_id, 'message_id') : undefined,
    at: Object.hasOwn(fields, 'at') ? instantOf(fields.at, 'at', readInstant) : undefined,
  };
}

function eventOf(fields: Fields): Event {
  const [given, ...more] = EVENT_KEYS.filter((key) => Object.hasOwn(fields, key));
  if (given === undefined) throw new LineFault('', `缺少 ${EVENT_KEYS.join('、')} 之一`);
  if (more.length > 0) throw new LineFault(more[0] ?? '', `${EVENT_KEYS.join('、')} 只能有一个`);
  switch (given) {
    case 'text':
      return { kind: 'text', text: textOf(fields.text, 'text') };
    case 'choice':
      return { kind: 'choice', id: textOf(fields.choice, 'choice') };
    case 'file':
      return { kind: 'file', name: fileNameOf(fieldsOf(fields.file, 'file')) };
  }
}

function fileNameOf(file: Fields): string {
  onlyKeys(file, FILE_KEYS, 'file.');
  const path = textOf(file.path, 'file.path');
  if (Object.hasOwn(file, 'mime')) textOf(file.mime, 'file.mime');
  return Object.hasOwn(file, 'name') ? textOf(file.name, 'file.name') : (path.split(/[/\\]/).at(-1) ?? '');
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LineFault(path, '应为一个对象');
  return value as Fields;
}

function onlyKeys(fields: Fields, known: readonly string[], prefix: string): void {
  const key = Object.keys(fields).find((one) => !known.includes(one));
  if (key !== undefined)
    throw new LineFault(`${prefix}${key.slice(0, ID_LENGTH)}`, `不认识的字段。这里可以用：${known.join('、')}`);
}

function textOf(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new LineFault(path, value === undefined ? `缺少 ${path}` : '应为文字');
  return value;
}

function idOf(value: unknown, path: string): string {
  const id = textOf(value, path);
  // Half a surrogate pair cannot be written as UTF-8: two such ids would be one on the disk.
  if (id === '' || id.length > ID_LENGTH || /\p{Surrogate}/u.test(id))
    throw new LineFault(path, `应为 1 到 ${ID_LENGTH} 个字`);
  return id;
}

function wordsOf(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((word) => typeof word === 'string'))
    throw new LineFault('bureau', '应为文字的数组，如 ["invite", "--province"]');
  return value;
}

function instantOf(value: unknown, path: string, readInstant: ReadInstant): number {
  const instant = typeof value === 'string' ? readInstant(value) : undefined;
  if (instant === undefined) throw new LineFault(path, '应为带时区的时间，如 2026-07-01T10:00:00+08:00');
  return instant;
}
