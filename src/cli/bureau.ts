import { runBureau } from './bureau/run.ts';
import { runCommand } from './faults.ts';
import { processIo } from './io.ts';

void runCommand(() => runBureau(process.argv.slice(2), processIo(import.meta.dirname), process.env));
