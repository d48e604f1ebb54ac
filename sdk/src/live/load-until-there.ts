import { retryDelayMs } from './retry-delay.ts';

/**
 * Loads code that a page can do without for a while, from time to time until it comes: just after a new deployment of the host its
 * address may be gone. Never rejects.
 *
 * @param onFailed told after each wait for another try
 */
export async function loadUntilThere<Code>(load: () => Promise<Code>, onFailed?: () => void): Promise<Code> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs(failures)));
      onFailed?.();
    }
  }
}
