import type { Bench } from './bench.ts';
import { withLiveWidgets } from './live-widgets-in-chromium.ts';

const widgets = 100;
const debits = 40;

export const bench: Bench = {
  name: 'debit-to-pixel',
  description: `a second, against the time from a debit until it is on the screen in each of ${widgets} widgets (95th percentile)`,
  target: 1,
  measure: () =>
    withLiveWidgets(`widgets=${widgets}`, async ({ mock, page }) => {
      const milliseconds: number[] = [];
      for (let debit = 1; debit <= debits; debit += 1) {
        const text = String(380 - debit);
        const painted = page.evaluate(untilPainted, text);
        // A moment of its own within the server's pauses, and after what the debit before has left.
        await page.waitForTimeout(900 + 13 * (debit % 10));
        const startedAtMs = Date.now();
        await mock.account().spend(1);
        milliseconds.push((await painted) - startedAtMs);
      }
      milliseconds.sort((a, b) => a - b);
      const percentile = (share: number) =>
        milliseconds[Math.floor(milliseconds.length * share)] ?? Number.NaN;
      return {
        ratio: 1_000 / percentile(0.95),
        figures: {
          'milliseconds, median': percentile(0.5),
          'milliseconds, 95th percentile': percentile(0.95),
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
