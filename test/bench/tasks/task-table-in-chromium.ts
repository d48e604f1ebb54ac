import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../support/launch-chromium.ts';
import { servePage } from '../../support/serve-page.ts';

export interface Frames {
  millisecondsOfFrames: number[];
  /** Frames in which a row was missing where one was to be seen. */
  blank: number;
}

/** What the page puts on its window. */
export interface TaskTableUnderTest {
  /** Draws a table of so many tasks; resolves with the milliseconds until it was on the screen. */
  showTable(rowCount: number): Promise<number>;
  scroll(frameCount: number, stepPx: number): Promise<Frames>;
}

interface PageWindow {
  taskTable: TaskTableUnderTest;
}

/** A table in a fresh page of Chromium, on the code that is published, for as long as `use` takes. */
export type WithTaskTable = <Result>(use: (table: TaskTableUnderTest) => Promise<Result>) => Promise<Result>;

/** Serves the page and starts a browser for a bench, and ends both. */
export async function withTaskTablePages<Result>(
  run: (withTaskTable: WithTaskTable) => Promise<Result>,
): Promise<Result> {
  const served = await servePage(join(import.meta.dirname, 'task-table-page.tsx'));
  const browser = await launchChromium();
  try {
    return await run(async (use) => {
      const page = await browser.newPage({ viewport: { width: 1_200, height: 900 } });
      try {
        await page.goto(served.url);
        await page.waitForFunction(() => 'taskTable' in window);
        return await use(tableOf(page));
      } finally {
        await page.close();
      }
    });
  } finally {
    await browser.close();
    await served.close();
  }
}

function tableOf(page: Page): TaskTableUnderTest {
  return {
    showTable: (rowCount) =>
      page.evaluate((count) => (window as unknown as PageWindow).taskTable.showTable(count), rowCount),
    scroll: (frameCount, stepPx) =>
      page.evaluate(([count, step]) => (window as unknown as PageWindow).taskTable.scroll(count, step), [
        frameCount,
        stepPx,
      ] as const),
  };
}
