import { runCheck } from './check/run.ts';
import { processIo } from './io.ts';

void runCheck(process.argv.slice(2), processIo(import.meta.dirname)).then((code) => {
  process.exitCode = code;
});
