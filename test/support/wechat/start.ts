import { onTestFinished, vi } from 'vitest';
import { openAccount, type AccountOptions, type Running } from './account.ts';

/** Starts an account; stopped when the test has finished, or before. */
export async function startAccount(options: AccountOptions = {}): Promise<Running> {
  const running = await openAccount(options);
  onTestFinished(running.stop);
  return running;
}

/** Waits until something holds; throws what it last threw. */
export function until<Result>(look: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(look, { timeout: 15_000, interval: 5 });
}
