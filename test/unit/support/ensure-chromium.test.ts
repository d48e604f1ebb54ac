import { afterEach, expect, it, vi } from 'vitest';
import { ensureChromium } from '../../support/ensure-chromium.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('takes the browser that CHROMIUM_PATH names', () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath);
  expect(ensureChromium()).toBe(process.execPath);
});

it('says in one line that CHROMIUM_PATH names nothing that can be run', () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
  expect(() => ensureChromium()).toThrow(/^CHROMIUM_PATH names \/nowhere\/chromium, .*\.$/);
});
