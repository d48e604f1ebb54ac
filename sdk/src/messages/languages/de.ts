import { de as activity } from '../activity/de.ts';
import { de as charts } from '../charts/de.ts';
import { de as common } from '../common/de.ts';
import { de as credits } from '../credits/de.ts';
import { de as diagnosis } from '../diagnosis/de.ts';
import { de as gate } from '../gate/de.ts';
import { de as invoices } from '../invoices/de.ts';
import { de as limits } from '../limits/de.ts';
import { de as members } from '../members/de.ts';
import type { Messages } from '../messages.ts';
import { de as models } from '../models/de.ts';
import { de as pairings } from '../pairings/de.ts';
import { de as subscription } from '../subscription/de.ts';
import { de as tasks } from '../tasks/de.ts';
import { de as usage } from '../usage/de.ts';

/** Every text in German. */
export const de: Messages = {
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
