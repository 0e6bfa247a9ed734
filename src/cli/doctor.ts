import { runDoctor } from './doctor/run.ts';
import { processIo } from './io.ts';

void runDoctor(process.argv.slice(2), processIo(import.meta.dirname), process.env).then((code) => {
  process.exitCode = code;
});
