import { ar as activity } from '../activity/ar.ts';
import { ar as charts } from '../charts/ar.ts';
import { ar as common } from '../common/ar.ts';
import { ar as credits } from '../credits/ar.ts';
import { ar as diagnosis } from '../diagnosis/ar.ts';
import { ar as gate } from '../gate/ar.ts';
import { ar as invoices } from '../invoices/ar.ts';
import { ar as limits } from '../limits/ar.ts';
import { ar as members } from '../members/ar.ts';
import type { Messages } from '../messages.ts';
import { ar as models } from '../models/ar.ts';
import { ar as pairings } from '../pairings/ar.ts';
import { ar as subscription } from '../subscription/ar.ts';
import { ar as tasks } from '../tasks/ar.ts';
import { ar as usage } from '../usage/ar.ts';

/** Every text in Arabic. */
export const ar: Messages = {
  ...activity,
  ...charts,
  ...common,
  ...credits,
  ...diagnosis,
  ...gate,
  ...invoices,
  ...limits,
  ...members,
  ...models,
  ...pairings,
  ...subscription,
  ...tasks,
  ...usage,
};
