import { runDoctor } from './doctor/run.ts';
import { processIo } from './io.ts';

process.exitCode = await runDoctor(process.argv.slice(2), processIo(import.meta.dirname), process.env);
