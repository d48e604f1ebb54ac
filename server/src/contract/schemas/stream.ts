import * as z from 'zod';
import type {
  BeatMessage,
  ChangeMessage,
  HelloMessage,
  MovedAnswers,
  StreamMessage,
  View,
} from '../stream.ts';
import { credits, ledgerEntry } from './credits.ts';
import { creditsLeft } from './gate.ts';
import { id, instant } from './primitives.ts';
import { subscription } from './subscription.ts';
import { summary } from './summary.ts';
import { task } from './tasks.ts';
import { tied } from './tied.ts';
import { meterLevel, usage } from './usage.ts';

export const view = tied<View>()(
  z.enum([
    'summary',
    'usage',
    'series',
    'usageHistory',
    'forecast',
    'credits',
    'ledger',
    'activity',
    'autoTopUp',
    'tasks',
    'task',
    'subscription',
    'check',
    'diagnosis',
    'models',
    'catalog',
    'invoices',
    'upcomingInvoice',
    'charges',
    'connectedBrowsers',
    'members',
    'whoami',
  ]),
);
export const movedAnswers = tied<MovedAnswers>()(
  z.strictObject({
    summary: summary.exactOptional(),
    usage: usage.exactOptional(),
    credits: credits.exactOptional(),
    subscription: subscription.exactOptional(),
    ledger: z.array(ledgerEntry).exactOptional(),
    tasks: z.array(task).exactOptional(),
  }),
);
export const changeMessage = tied<ChangeMessage>()(
  z.strictObject({
    type: z.literal('change'),
    accountId: id,
    version: z.int(),
    since: z.int(),
    views: z.array(view),
    moved: movedAnswers,
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
