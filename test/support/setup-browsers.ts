import { ensureChromium } from './ensure-chromium.ts';
import { ensureProgram } from './ensure-packages.ts';

/**
 * Gets everything that tests in browsers start, before the first of them: a download takes longer than a test may. Gives each
 * test Chromium's path in `CHROMIUM_PATH`, and fails at once where something is missing and cannot be had.
 */
export default function setUpBrowsers(): void {
  process.env.CHROMIUM_PATH = ensureChromium();
  ensureProgram('Xvfb', 'xvfb');
  ensureProgram('xdotool', 'xdotool');
  ensureProgram('firefox-esr', 'firefox-esr');
}
