import { BUREAU_NOT_YET } from '../../conversations/trouble.ts';
import { runCommand, StartFault } from './faults.ts';

await runCommand(async () => {
  throw new StartFault(BUREAU_NOT_YET);
});
