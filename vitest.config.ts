import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    // Processes, not threads: stores take file locks and handle signals, which threads of one process would share.
    pool: 'forks',
    maxWorkers: 2,
    // Generous, so that a busy machine never fails a correct test.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts', 'conversations/**/*.ts'], reporter: ['text-summary'] },
  },
});
