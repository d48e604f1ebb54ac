import type { Bench } from '../bench.ts';
import { withLiveWidgets } from './live-widgets-in-chromium.ts';

const widgets = 100;
const debits = 40;

export const bench: Bench = {
  name: 'debit-to-pixel',
  description: `a second, against the time from a debit until it is on the screen in each of ${widgets} widgets (95th percentile)`,
  target: 1,
  measure: () =>
    withLiveWidgets(`widgets=${widgets}`, async ({ mock, page, taskMs }) => {
      const milliseconds: number[] = [];
      const ofThread: number[] = [];
      for (let debit = 1; debit <= debits; debit += 1) {
        const text = String(380 - debit);
        const painted = page.evaluate(untilPainted, text);
        // A moment of its own within the server's pauses, and after what the debit before has left.
        await page.waitForTimeout(900 + 13 * (debit % 10));
        const before = await taskMs();
        const startedAtMs = Date.now();
        await mock.account().spend(1);
        milliseconds.push((await painted) - startedAtMs);
        ofThread.push((await taskMs()) - before);
      }
      return {
        ratio: 1_000 / percentile(milliseconds, 0.95),
        figures: {
          'milliseconds, median': percentile(milliseconds, 0.5),
          'milliseconds, 95th percentile': percentile(milliseconds, 0.95),
          'milliseconds of the main thread until then, median': percentile(ofThread, 0.5),
        },
      };
    }),
};

/** Runs in the page: gives the time at which the last balance that says the text was painted. */
function untilPainted(text: string): Promise<number> {
  const balances = [...document.querySelectorAll('[data-widget="credit-balance"]')];
  const saysIt = () => balances.every((balance) => balance.textContent?.includes(`Available${text}`));
  return new Promise((resolve) => {
    const look = () => {
      if (!saysIt()) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
