import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { reportLines } from '../../../conversations/report.ts';
import { CHECK_USAGE } from '../../../conversations/usage.ts';
import { openContent } from '../../content/open.ts';
import { compileContent } from '../../content/programmes.ts';
import { check, judge } from '../../policy/check.ts';
import { DataFault, type Programme } from '../../policy/compile.ts';
import { readAll, write, type Io } from '../io.ts';
import { locateData } from '../locate.ts';
import { idOf, readRequest, type CheckRequest, type Defaults } from './envelope.ts';
import { InputFault } from './fault.ts';
import { readInput } from './input.ts';
import { answerOf, checkLines, errorOf } from './lines.ts';

const OPTIONS = {
  program: { type: 'string' },
  now: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  jsonl: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Standard input named as a file. */
const STDIN = '-';

function readArguments(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    if (positionals.length > 1 || (values.jsonl && positionals.length > 0)) return undefined;
    return { ...values, file: positionals[0] };
  } catch {
    return undefined;
  }
}

/**
 * The quick check. Exit code 0 with a verdict, 2 on bad input (the path in the file goes to standard error, with --json
 * also to standard output), 1 when the data of the installation is faulty. `interview` is what runs when a person sits
 * at the terminal and names no file.
 */
export async function runCheck(argv: readonly string[], io: Io, interview?: () => Promise<number>): Promise<number> {
  const options = readArguments(argv);
  if (!options || options.help) {
    await write(options ? io.stdout : io.stderr, `${options ? '' : '参数有误。\n'}${CHECK_USAGE}\n`);
    return options ? 0 : 2;
  }
  const wanted = options.file ?? (io.isTerminal && !options.jsonl ? undefined : STDIN);
  if (wanted === undefined) {
    if (interview) return interview();
    await write(io.stdout, `${CHECK_USAGE}\n`);
    return 0;
  }
  let programmes: ReadonlyMap<string, Programme>;
  try {
    const { dataDir, compiledFile } = locateData(io.here, options.data);
    const compiled = compileContent(await openContent(dataDir, compiledFile));
    programmes = new Map(compiled.map((programme) => [programme.id, programme]));
  } catch (error) {
    if (!(error instanceof DataFault)) throw error;
    await write(io.stderr, `数据文件有误：${error.message}\n`);
    return 1;
  }
  const defaults: Defaults = { program: options.program, now: options.now, clock: io.now };
  if (options.jsonl) {
    await checkLines(io, programmes, defaults);
    return 0;
  }
  return checkOne(wanted, options.json, io, programmes, defaults);
}

async function checkOne(
  file: string,
  json: boolean,
  io: Io,
  programmes: ReadonlyMap<string, Programme>,
  defaults: Defaults,
): Promise<number> {
  let id: string | number | null = null;
  try {
    const input = await readInput(await readText(file, io), file);
    id = idOf(input);
    const request = readRequest(input, programmes, defaults);
    await write(io.stdout, `${json ? answerOf(request) : reportOf(request)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    if (json) await write(io.stdout, `${errorOf(id, error)}\n`);
    await write(io.stderr, `输入有误：${error.path === '' ? '' : `${error.path}：`}${error.message}\n`);
    return 2;
  }
}

async function readText(file: string, io: Io): Promise<string> {
  if (file === STDIN) return readAll(io.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new InputFault('', `文件 ${file} 不存在或不能读取`);
  }
}

function reportOf({ programme, facts, now }: CheckRequest): string {
  const verdict = judge(programme, facts, now);
  return reportLines(programme, facts, now, verdict, check(programme, facts, now, verdict)).join('\n');
}
