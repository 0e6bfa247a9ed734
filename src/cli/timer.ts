import type { Timer } from '../app/dispatch/deps.ts';

/** Waits of this process, by a clock that nobody sets. */
export function systemTimer(): Timer {
  return {
    now: () => performance.now(),
    after(ms) {
      let cancel = (): void => undefined;
      const done = new Promise<boolean>((resolve) => {
        const timeout = setTimeout(() => resolve(true), Math.ceil(ms));
        cancel = () => {
          clearTimeout(timeout);
          resolve(false);
        };
      });
      return { done, cancel: () => cancel() };
    },
  };
}
