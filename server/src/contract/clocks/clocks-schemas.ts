import * as z from 'zod';
import { id, instant } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { TestClock, TestClockAdvance, TestClockRequest } from './clocks.ts';

export const testClock = tied<TestClock>()(z.strictObject({ id, now: instant }));
export const testClockRequest = tied<TestClockRequest>()(
  z.strictObject({ id: id.exactOptional(), now: instant.exactOptional() }),
);
export const testClockAdvance = tied<TestClockAdvance>()(z.strictObject({ to: instant }));
