import type { Bench } from '../bench.ts';
import { withLiveWidgets } from './live-widgets-in-chromium.ts';

const seconds = 20;
const debitsPerSecond = 10;
const busyShareMax = 0.1;

export const bench: Bench = {
  name: 'live-widgets-main-thread',
  description:
    'a tenth of the time, against what the main thread of a page with every widget works at ten debits a second',
  target: 1,
  measure: () =>
    withLiveWidgets('', async ({ mock, page, taskMs, requests }) => {
      const debitFor = async (time: number) => {
        for (let use = 0; use < time * debitsPerSecond; use += 1) {
          await Promise.all([mock.account().spend(1), page.waitForTimeout(1_000 / debitsPerSecond)]);
        }
      };
      // What a quiet time allows at once is used up first, and code has been compiled.
      await debitFor(5);
      const before = { atMs: performance.now(), taskMs: await taskMs(), requests: requests() };
      await debitFor(seconds);
      const wholeMs = performance.now() - before.atMs;
      const busyShare = ((await taskMs()) - before.taskMs) / wholeMs;
      return {
        ratio: busyShareMax / busyShare,
        figures: {
          'percent of the time that the main thread works': busyShare * 100,
          'requests a second': (requests() - before.requests) / (wholeMs / 1_000),
          'debits a second': (seconds * debitsPerSecond) / (wholeMs / 1_000),
        },
      };
    }),
};
