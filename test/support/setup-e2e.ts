import { ensureChromium } from './ensure-chromium.ts';

/** Gives every end-to-end test the browser's path in `CHROMIUM_PATH`, and fails at once where there is none. */
export default function setupEndToEnd(): void {
  process.env.CHROMIUM_PATH = ensureChromium();
}
