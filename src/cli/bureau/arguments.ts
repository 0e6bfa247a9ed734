import { parseArgs } from 'node:util';
import type { OperatorRequest } from '../../app/staff/request.ts';

/** What the bureau command was asked for. */
export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'fault'; readonly verb: string; readonly known: boolean }
  | {
      readonly kind: 'verb';
      readonly verb: Verb;
      /** What the verb is about: a file, an id, a chat. */
      readonly on: string | undefined;
      readonly options: Options;
    };

export type Verb = OperatorRequest['verb'];

const OPTIONS = {
  city: { type: 'string' },
  province: { type: 'boolean' },
  programme: { type: 'string' },
  csv: { type: 'boolean' },
  clear: { type: 'boolean' },
  limit: { type: 'string' },
  state: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Parsed = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>;
type Options = Parsed['values'];

/** The options of each verb, and whether it is about something. */
const SHAPES: Readonly<Record<Verb, { readonly on: boolean; readonly options: readonly (keyof Options)[] }>> = {
  invite: { on: false, options: ['city', 'province', 'programme'] },
  staff: { on: false, options: [] },
  revoke: { on: true, options: [] },
  enterprises: { on: false, options: ['city', 'programme'] },
  import: { on: true, options: [] },
  export: { on: true, options: ['city', 'programme', 'csv'] },
  broadcasts: { on: false, options: [] },
  pause: { on: true, options: [] },
  resume: { on: true, options: [] },
  cancel: { on: true, options: [] },
  questions: { on: false, options: ['clear'] },
  audit: { on: false, options: ['limit'] },
};

/** Reads the words after the command; `state` and `help` go with every verb. */
export function readVerb(argv: readonly string[]): Asked {
  let parsed: Parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch {
    return { kind: 'fault', verb: argv[0] ?? '', known: isVerb(argv[0]) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const [verb, on, ...more] = positionals;
  if (!isVerb(verb)) return { kind: 'fault', verb: verb ?? '', known: verb === undefined };
  const shape = SHAPES[verb];
  const strange = Object.keys(values).some((key) => key !== 'state' && !shape.options.some((one) => one === key));
  const wrong = more.length > 0 || shape.on !== (on !== undefined && on !== '') || strange;
  const place = verb === 'invite' && (values.city !== undefined) === (values.province === true);
  const limit = values.limit !== undefined && !/^[1-9]\d{0,5}$/.test(values.limit);
  if (wrong || place || limit) return { kind: 'fault', verb, known: true };
  return { kind: 'verb', verb, on, options: values };
}

function isVerb(text: string | undefined): text is Verb {
  return text !== undefined && Object.hasOwn(SHAPES, text);
}
