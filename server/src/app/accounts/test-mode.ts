import { AppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';

/** @throws AppError `forbidden` on a live server, where time is everybody's. */
export function assertTestMode({ mode }: Services): void {
  if (mode === 'live') throw new AppError('forbidden', 'A live server has no test clocks');
}
