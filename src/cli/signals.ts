/** How long open work may take after the first signal. */
const GRACE_MS = 10_000;

/**
 * A signal that is aborted when the process is asked to end (SIGINT, SIGTERM, SIGHUP), so that it can finish what is
 * under way. A second request, or 10 seconds, end it at once: what is stored is whole at any moment.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const ask = (): void => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  return stop.signal;
}
