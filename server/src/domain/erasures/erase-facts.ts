import type { Facts } from '../facts.ts';
import {
  eraseActivity,
  eraseEntry,
  eraseNotice,
  erasePurchase,
  eraseTask,
  eraseUsage,
} from './erase-records.ts';
import type { Eraser } from './eraser.ts';

/** The facts of a decision while a member is being erased; they name the pseudonym from the start. */
export function eraseFacts(eraser: Eraser, facts: Facts): Facts {
  return {
    ...facts,
    entries: facts.entries.map((entry) => eraseEntry(eraser, entry)),
    usage: facts.usage.map((usage) => eraseUsage(eraser, usage)),
    tasks: facts.tasks.map((task) => eraseTask(eraser, task)),
    purchases: facts.purchases.map((purchase) => erasePurchase(eraser, purchase)),
    activity: facts.activity.map((activity) => eraseActivity(eraser, activity)),
    notices: facts.notices.map((notice) => eraseNotice(eraser, notice)),
  };
}
