import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/launch-chromium.ts';
import { type DemoProcess, startDemoProcess } from './demo-process.ts';

/** A demo of its own, and a browser to look at it. */
export interface DemoInBrowser {
  /** The present process. */
  readonly demo: DemoProcess;
  readonly browser: Browser;
  /** Where the demo keeps its data. */
  readonly folder: string;
  /** Stops the demo and starts it again on the same data; resolves with the exit code of the one that was stopped. */
  restart(): Promise<number | null>;
  /** Ends both, and removes the data. */
  close(): Promise<void>;
}

export async function startDemoInBrowser(): Promise<DemoInBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'usagekit-demo-'));
  let demo = await startDemoProcess(folder);
  const browser = await launchChromium();
  return {
    get demo() {
      return demo;
    },
    browser,
    folder,
    async restart() {
      const code = await demo.stop();
      demo = await startDemoProcess(folder);
      return code;
    },
    async close() {
      await browser.close();
      await demo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
