import { type Browser, chromium } from 'playwright-core';
import { ensureChromium } from './ensure-chromium.ts';

/** Every Chromium here works as root and without graphics, and asks nobody outside of this machine. */
export const chromiumSwitches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a Chromium without a window. @param switches In addition to those of every one. */
export function launchChromium(...switches: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: [...chromiumSwitches, ...switches] });
}
