import type { IncomingMessage } from 'node:http';

/** What a call carries: its fields, and the first file if there is one. */
export interface Body {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file?: { readonly name: string; readonly bytes: number };
}

/** Reads JSON, or a form with a file. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return { fields: bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8')) };
  return formOf(bytes, /boundary=(\S+)/.exec(type)?.[1] ?? '');
}

/** A form as grammY writes it, whose file names stand without quotes. */
function formOf(bytes: Buffer, boundary: string): Body {
  const fields: Record<string, unknown> = {};
  let file: Body['file'];
  for (const part of bytes.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const content = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
    const name = /filename="?([^"\r\n;]+)/.exec(head)?.[1];
    if (name !== undefined) file = { name: Buffer.from(name, 'latin1').toString('utf8'), bytes: content.length };
    else fields[/name="([^"]*)"/.exec(head)?.[1] ?? ''] = content.toString('utf8');
  }
  return file ? { fields, file } : { fields };
}
