import * as z from 'zod';
import { problemCode } from '../events/events-schemas.ts';
import { refusal } from '../gate/gate-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { InvalidParameter, NeutralProblem, Problem } from './problem.ts';

export const invalidParameter = tied<InvalidParameter>()(
  z.strictObject({ pointer: z.string(), detail: z.string(), accepted: z.string() }),
);
export const problem = tied<Problem>()(
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().exactOptional(),
    code: problemCode,
    requestId: z.string(),
    invalidParameters: z.array(invalidParameter).exactOptional(),
    refusal: refusal.exactOptional(),
  }),
);
export const neutralProblem = tied<NeutralProblem>()(
  z.strictObject({
    type: z.literal('about:blank'),
    title: z.literal('Not available'),
    status: z.literal(503),
    detail: z.string(),
  }),
);
