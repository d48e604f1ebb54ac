import * as z from 'zod';
import type { TestClock, TestClockAdvance, TestClockRequest } from '../clocks.ts';
import { id, instant } from './primitives.ts';
import { tied } from './tied.ts';

export const testClock = tied<TestClock>()(z.strictObject({ id, now: instant }));
export const testClockRequest = tied<TestClockRequest>()(
  z.strictObject({ id: id.exactOptional(), now: instant.exactOptional() }),
);
export const testClockAdvance = tied<TestClockAdvance>()(z.strictObject({ to: instant }));
