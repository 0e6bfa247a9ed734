import { runCommand } from './faults.ts';
import { processIo } from './io.ts';
import { runStore } from './store/run.ts';

void runCommand(() => runStore(process.argv.slice(2), processIo(import.meta.dirname), process.env));
