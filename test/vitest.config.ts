import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { longPatience, patience } from './support/patience.ts';

/** Workspaces are tested from their sources: the `source` condition of their package exports points there. */
const conditions = {
  resolve: { conditions: ['source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['source', ...defaultServerConditions] } },
};

/** Longer than what is waited for within a test, so that a failure tells what did not come. */
const testTimeout = 2 * patience.timeout;

const browserLike = {
  environment: 'jsdom',
  setupFiles: ['./support/setup-jsdom.ts'],
};

const inBrowser = {
  globalSetup: ['./support/setup-browsers.ts'],
  expect: { poll: longPatience },
  // A browser on a busy machine may lose a turn. See `runTests` for the second try of a whole file, which every project has.
  retry: process.env.CI ? 1 : 0,
  testTimeout: 120_000,
  hookTimeout: 600_000,
};

/** One project a folder of test/; a folder that needs more than the defaults says what. */
const projects: Record<string, object> = {
  unit: { testTimeout },
  store: { testTimeout, hookTimeout: 120_000 },
  api: { testTimeout, hookTimeout: 60_000 },
  // The mock lives through twelve days of use before it answers, on machines that run many tests at once.
  react: { ...browserLike, testTimeout },
  extension: { ...browserLike, testTimeout },
  mock: { testTimeout },
  types: { testTimeout: 120_000, hookTimeout: 500_000 },
  meta: { testTimeout },
  // Pages that stand still once they are drawn: two browsers at a time do not disturb each other.
  pages: inBrowser,
  // Whole products, in which something moves within a second, and windows that want the one keyboard: one file after the other.
  e2e: { ...inBrowser, fileParallelism: false },
};

export default defineConfig({
  test: {
    root: import.meta.dirname,
    // Two cores are the common case; more workers than that only fight over them.
    maxWorkers: 2,
    projects: Object.entries(projects).map(([name, options]) => ({
      ...conditions,
      test: {
        name,
        root: import.meta.dirname,
        include: [`${name}/**/*.test.{ts,tsx}`],
        pool: 'threads' as const,
        restoreMocks: true,
        unstubGlobals: true,
        expect: { poll: patience },
        ...options,
      },
    })),
  },
});
