import * as z from 'zod';
import { summary } from '../accounts/summary-schemas.ts';
import { credits, ledgerEntry } from '../credits/credits-schemas.ts';
import { creditsLeft } from '../gate/gate-schemas.ts';
import { subscription } from '../subscription/subscription-schemas.ts';
import { task } from '../tasks/tasks-schemas.ts';
import { meterLevel, usage } from '../usage/usage-schemas.ts';
import { id, instant } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  BeatMessage,
  ChangeMessage,
  HelloMessage,
  MovedAnswers,
  StreamMessage,
  View,
} from './stream.ts';

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
    'paymentMethod',
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
