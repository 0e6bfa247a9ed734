import { runCheck } from './check/run.ts';
import { processIo } from './io.ts';

process.exitCode = await runCheck(process.argv.slice(2), processIo(import.meta.dirname));
