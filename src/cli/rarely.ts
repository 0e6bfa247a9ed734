/**
 * Runs work at once, then at most once in an interval (ms): calls in between share one run at its end. The timer does
 * not keep the process alive; a close before it simply leaves the run to the next start's first call.
 */
export function rarely(intervalMs: number, work: () => Promise<void>): () => void {
  let resting = false;
  let again = false;
  const run = (): void => {
    resting = true;
    again = false;
    void work().finally(() => {
      setTimeout(() => {
        resting = false;
        if (again) run();
      }, intervalMs).unref();
    });
  };
  return () => {
    if (resting) again = true;
    else run();
  };
}
