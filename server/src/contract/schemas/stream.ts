import * as z from 'zod';
import type { BeatMessage, ChangeMessage, HelloMessage, StreamMessage, View } from '../stream.ts';
import { creditsLeft } from './gate.ts';
import { id, instant } from './primitives.ts';
import { tied } from './tied.ts';
import { meterLevel } from './usage.ts';

export const view = tied<View>()(z.enum(['summary', 'usage', 'credits', 'ledger', 'tasks', 'subscription']));
export const changeMessage = tied<ChangeMessage>()(
  z.strictObject({
    type: z.literal('change'),
    accountId: id,
    version: z.int(),
    views: z.array(view),
    credits: creditsLeft.nullable(),
    level: meterLevel,
    blocked: z.boolean(),
    taskIds: z.array(z.string()).max(50),
    asOf: instant,
  }),
);
export const helloMessage = tied<HelloMessage>()(
  z.strictObject({ type: z.literal('hello'), accountId: id, version: z.int() }),
);
export const beatMessage = tied<BeatMessage>()(z.strictObject({ type: z.literal('beat') }));
export const streamMessage = tied<StreamMessage>()(
  z.discriminatedUnion('type', [helloMessage, changeMessage, beatMessage]),
);
