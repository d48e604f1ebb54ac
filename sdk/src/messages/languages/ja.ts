import { ja as activity } from '../activity/ja.ts';
import { ja as charts } from '../charts/ja.ts';
import { ja as common } from '../common/ja.ts';
import { ja as credits } from '../credits/ja.ts';
import { ja as diagnosis } from '../diagnosis/ja.ts';
import { ja as gate } from '../gate/ja.ts';
import { ja as invoices } from '../invoices/ja.ts';
import { ja as limits } from '../limits/ja.ts';
import { ja as members } from '../members/ja.ts';
import type { Messages } from '../messages.ts';
import { ja as models } from '../models/ja.ts';
import { ja as pairings } from '../pairings/ja.ts';
import { ja as subscription } from '../subscription/ja.ts';
import { ja as tasks } from '../tasks/ja.ts';
import { ja as usage } from '../usage/ja.ts';

/** Every text in Japanese, which has one form for every number. */
export const ja: Messages = {
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
