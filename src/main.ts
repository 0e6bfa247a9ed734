import { runCommand } from './cli/faults.ts';
import { serve } from './cli/serve.ts';

void runCommand(() => serve({ here: import.meta.dirname, environment: process.env }));
