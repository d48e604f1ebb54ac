import { realTimers } from './real-timers.ts';

/** Waits so long, or rejects with the signal's reason when it is aborted before. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = realTimers.setTimeout(resolve, delayMs);
    signal.addEventListener(
      'abort',
      () => {
        realTimers.clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
