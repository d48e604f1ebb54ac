import { apiBounds } from '../../contract/api-bounds.ts';
import { invalidParameter } from '../http/reply/problem.ts';

const firstMs = Date.UTC(apiBounds.testClockYearMin, 0, 1);
const endMs = Date.UTC(apiBounds.testClockYearMax, 0, 1);

/** @throws AppError `invalid_request`: through each cycle in between an account has to be taken. */
export function assertTestClockInstant(pointer: string, atMs: number): void {
  if (atMs >= firstMs && atMs < endMs) return;
  throw invalidParameter(
    pointer,
    'lies outside of what a test clock shows',
    `an instant from ${apiBounds.testClockYearMin} on and before ${apiBounds.testClockYearMax}`,
  );
}
