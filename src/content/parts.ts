import type { Content } from './content.ts';

/*
 * The compiled content as text: a line that names the parts, then one line of JSON per part. A start needs the names of
 * the programmes, a conversation the questions of one of them: every part is parsed when something first asks for it.
 */

/** What the compiled content was made of. */
export interface Origin {
  /** Of the names and contents of the sources. */
  readonly hash: string;
  /** Sizes and times of the same files, as of the same moment; see stampFolder. */
  readonly stamp: string;
}

interface Header extends Origin {
  /** Keys from the content down, one list per line that follows. */
  readonly parts: readonly (readonly string[])[];
}

const LINE_BREAK = 0x0a;

/** Content and its origin as text, which `readParts` reads. */
export function writeParts(origin: Origin, content: Content): string {
  const parts: string[][] = [];
  const values: unknown[] = [];
  const add = (path: string[], value: unknown): void => {
    if (value === undefined) return;
    parts.push(path);
    values.push(value);
  };
  for (const [key, value] of Object.entries(content)) {
    if (key !== 'programmes') add([key], value);
  }
  for (const [index, files] of content.programmes.entries())
    for (const [key, value] of Object.entries(files)) add(['programmes', String(index), key], value);
  const { hash, stamp } = origin;
  const header: Header = { hash, stamp, parts };
  return [header, ...values].map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** The lines without their ends; undefined when the text does not end with a line break. */
function linesOf(bytes: Buffer): Buffer[] | undefined {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf(LINE_BREAK); end >= 0; end = bytes.indexOf(LINE_BREAK, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return from === bytes.length ? lines : undefined;
}

/** Gives an object a property that is made when it is first looked at. */
function later(target: object, key: string, make: () => unknown): void {
  const define = (value: PropertyDescriptor): unknown =>
    Object.defineProperty(target, key, { enumerable: true, configurable: true, ...value });
  define({
    get() {
      const value = make();
      define({ value });
      return value;
    },
  });
}

/**
 * The content in these bytes and what it was made of; undefined when something is missing at the end.
 * @throws SyntaxError for a first line that is no JSON.
 */
export function readParts(bytes: Buffer): { readonly origin: Origin; readonly content: Content } | undefined {
  const [first, ...lines] = linesOf(bytes) ?? [];
  if (!first) return undefined;
  const { parts, ...origin } = JSON.parse(first.toString('utf8')) as Header;
  if (lines.length !== parts.length) return undefined;
  const programmes: object[] = [];
  const content = { programmes };
  for (const [index, path] of parts.entries()) {
    const [top = '', at, key] = path;
    const parse = (): unknown => JSON.parse(lines[index]?.toString('utf8') ?? '');
    if (key === undefined) later(content, top, parse);
    else later((programmes[Number(at)] ??= {}), key, parse);
  }
  return { origin, content: content as unknown as Content };
}
