import type { Task } from '../../../contract/tasks/tasks.ts';
import { formatAmount, type Micros } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { legsTotal } from '../../../domain/credits/wallet.ts';
import type { OpenHold } from '../../../domain/holds/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import { formatOrNull, showsBalance } from '../../access/amounts-in-view.ts';
import type { Viewer } from '../../access/viewer.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { lineItemView } from '../gate/gate-views.ts';

/**
 * A task. Viewers who see the balance get its cost, viewers who see traces its line items. If the account's open holds are given,
 * the held amount comes from them: a hold may have expired since the task was written.
 */
export function taskView(
  task: TaskRecord,
  catalog: Catalog,
  viewer: Viewer,
  openHolds?: readonly OpenHold[],
): Task {
  const shown = showsBalance(viewer, task.unit);
  const held = openHolds === undefined ? task.held : heldFor(task, openHolds);
  const { dimensions } = task;
  const view: Task = {
    id: task.id,
    accountId: task.accountId,
    name: task.name,
    status: task.status,
    agentId: dimensions.agentId ?? null,
    memberId: dimensions.memberId ?? null,
    projectId: dimensions.projectId ?? null,
    workspaceId: dimensions.workspaceId ?? null,
    apiKeyId: dimensions.apiKeyId ?? null,
    category: dimensions.category ?? null,
    estimate: shown ? formatOrNull(task.estimate) : null,
    holdId: shown ? task.holdId : null,
    held: shown ? formatAmount(held) : null,
    cost: shown ? formatAmount(task.cost) : null,
    refunded: shown ? formatAmount(task.refunded) : null,
    unit: task.unit,
    ...(task.unit === 'credits' && { creditLabel: catalog.creditLabel }),
    result: task.result,
    error: task.error,
    createdAt: formatInstant(task.createdAtMs),
    startedAt: formatInstantOrNull(task.startedAtMs),
    endedAt: formatInstantOrNull(task.endedAtMs),
    updatedAt: formatInstant(task.updatedAtMs),
  };
  if (shown && viewer.view.traces)
    view.lineItems = task.lines.map((line) => lineItemView(line, catalog, viewer.modelNames));
  return view;
}

/** What the task holds by the account's open holds. */
export function heldFor(task: TaskRecord, openHolds: readonly OpenHold[]): Micros {
  const hold = openHolds.find(({ id }) => id === task.holdId);
  return hold === undefined ? 0n : legsTotal(hold.legs);
}
