import type { GrantPart } from '../../../../domain/credits/state.ts';
import type { TaskRecord } from '../../../../domain/tasks/state.ts';
import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/**
 * Version 1 did not say which grants paid. Where such a task fails, what it was charged comes back as version 1 gave it
 * back: as a grant of its own that does not expire.
 */
const to2: UpgradeStep = recordStep((fields) => ({
  paidFrom: paidFromRefund(fields as unknown as TaskRecord),
  ...fields,
}));

function paidFromRefund(task: TaskRecord): GrantPart[] {
  if (task.paid === 0n || task.endedAtMs !== null) return [];
  const grant = {
    id: `refund-${task.id}`,
    source: 'refund',
    label: `Refund for ${task.name}`,
    unit: task.unit,
    amount: task.paid,
    priority: 20,
    scope: {},
    expiresAtMs: null,
    createdAtMs: task.createdAtMs,
  } as const;
  return [{ grant, amount: task.paid }];
}

/** Until version 3 nothing was kept of what a task's uses counted, so a failure gives back none of it. */
const to3: UpgradeStep = recordStep((fields) => ({ ...fields, counted: [] }));

/** Version 3 knew no rest of a line; a program that reads it would give back less than was charged. */
const to4: UpgradeStep = (parts) => parts;

/** Until version 5 a line did not keep what was said of a request to a model. */
const to5: UpgradeStep = (parts) => parts;

/** A program of version 5 would lose the API key of a task when it writes it. */
const to6: UpgradeStep = (parts) => parts;

/** Until version 7 uses of the instant at which a part of a cycle ended were not told apart: null says that it is not known. */
const to7: UpgradeStep = recordStep((fields) => ({
  ...fields,
  counted: (fields as unknown as TaskRecord).counted.map((count) => ({ ...count, partsEnded: null })),
}));

export const taskUpgrades: readonly UpgradeStep[] = [to2, to3, to4, to5, to6, to7];
