import type { EnterpriseLine, OperatorAnswer, OperatorRequest } from '../../app/staff/request.ts';
import type { BureauAnswer } from '../../channels/stdio.ts';
import { BUREAU_FAULTS, EXPORT_HEAD, OPERATOR_FAULTS, YES_NO } from '../../../conversations/bureau.ts';
import { progressText } from '../../../conversations/staff.ts';
import { readVerb, type Asked } from './arguments.ts';
import { readRoster, SheetFault, writeSheet } from './sheet.ts';

/** A verb of the bureau command from its words to its result: files are read and written where the words were typed. */

export type RunRequest = (request: OperatorRequest) => Promise<OperatorAnswer>;

type AskedVerb = Extract<Asked, { readonly kind: 'verb' }>;

/** Runs the words of a verb. @throws whatever `run` throws. */
export async function runVerb(argv: readonly string[], run: RunRequest): Promise<BureauAnswer> {
  const asked = readVerb(argv);
  if (asked.kind === 'help') return fault('bureau', BUREAU_FAULTS.arguments(''));
  if (asked.kind === 'fault')
    return fault('bureau', asked.known ? BUREAU_FAULTS.arguments(asked.verb) : BUREAU_FAULTS.verb(asked.verb));
  try {
    const answer = await run(await requestOf(asked));
    if (answer.kind === 'refused') return fault(answer.path, OPERATOR_FAULTS[answer.why](answer.on ?? ''));
    return { kind: 'done', result: asked.verb === 'export' ? await exported(asked, answer.result) : answer.result };
  } catch (error) {
    if (!(error instanceof SheetFault)) throw error;
    return fault(
      'file',
      error.what === 'row' ? BUREAU_FAULTS.row(error.line) : BUREAU_FAULTS[error.what](asked.on ?? ''),
    );
  }
}

async function requestOf({ verb, on = '', options }: AskedVerb): Promise<OperatorRequest> {
  const { city, programme } = options;
  const where = { ...(city === undefined ? {} : { city }), ...(programme === undefined ? {} : { programme }) };
  switch (verb) {
    case 'invite':
      return { verb, ...where, ...(options.province ? { province: true } : {}) };
    case 'staff':
    case 'broadcasts':
      return { verb };
    case 'revoke':
      return { verb, chat: on };
    case 'enterprises':
    case 'export':
      return { verb, ...where };
    case 'import':
      return { verb, rows: await readRoster(on) };
    case 'pause':
    case 'resume':
    case 'cancel':
      return { verb, id: on };
    case 'questions':
      return { verb, ...(options.clear ? { clear: true } : {}) };
    case 'audit':
      return { verb, ...(options.limit === undefined ? {} : { limit: Number(options.limit) }) };
  }
}

async function exported({ on = '', options }: AskedVerb, result: object): Promise<object> {
  const lines = (result as { readonly enterprises: readonly EnterpriseLine[] }).enterprises;
  const rows = lines.map(({ name, city, progress, missing, connected, contact = '', phone = '' }) => [
    ...[
      name,
      city,
      connected || missing.length > 0 || progress !== '' ? progressText(progress) : '',
      missing.join('、'),
    ],
    ...[connected ? YES_NO.yes : YES_NO.no, contact, phone],
  ]);
  await writeSheet(on, [EXPORT_HEAD, ...rows], options.csv === true || /\.csv$/i.test(on));
  return { file: on, rows: rows.length };
}

function fault(path: string, message: string): BureauAnswer {
  return { kind: 'refused', path, message };
}
