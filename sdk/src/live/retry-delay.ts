import { doubled } from '@usagekit/server/contract';

const delayMsMin = 1_000;
const delayMsMax = 30_000;

/**
 * How long to wait after so many failures in a row, 0 to begin with: doubling from a second to half a minute, anywhere in
 * the upper half, so that clients do not come back all at once; and no less than the server asks for.
 */
export function retryDelayMs(failures: number, retryAfterSeconds = 0): number {
  const wholeMs = doubled(delayMsMin, failures, delayMsMax);
  return Math.max(wholeMs * (0.5 + Math.random() / 2), retryAfterSeconds * 1_000);
}
