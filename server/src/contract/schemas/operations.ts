import * as z from 'zod';
import type { Drift, ReconciledAccount } from '../operations.ts';
import { pageOf } from './primitives.ts';
import { tied } from './tied.ts';

export const drift = tied<Drift>()(
  z.strictObject({ subject: z.string(), expected: z.string(), found: z.string() }),
);
export const reconciledAccount = tied<ReconciledAccount>()(
  z.strictObject({
    accountId: z.string(),
    drifts: z.array(drift),
    unreadable: z.string().nullable(),
  }),
);
export const reconciledPage = pageOf(reconciledAccount);
