import { provenanceFaults } from '../test/support/provenance.ts';

const ROUNDS = 10_000;

/** Random questions at full size: nothing exact in a reply is without a source. @throws when something is. */
export async function run(): Promise<void> {
  const faults = provenanceFaults(ROUNDS, 1);
  if (faults.length > 0) throw new Error(`${faults.length} statements without a source, the first: ${faults[0] ?? ''}`);
  console.log(`  ${ROUNDS} messages, every number, date, amount, percentage and name has its source`);
}
