'use client';
import type { Task } from '@usagekit/server/contract';
import { exactColumnDecimals } from '../../../format/exact-column-decimals.ts';
import { useFormat } from '../../../format/use-format.ts';
import { useUses } from '../../../hooks/usage/use-uses.ts';
import { taskDetailsMessages } from '../../../messages/tasks/task-details.ts';
import { usesMessages } from '../../../messages/usage/uses.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { UsesList } from '../../usage-history/uses/uses-list.tsx';

export interface TaskChargesProps {
  task: Task;
  accountId?: string | undefined;
  timeZone: string | undefined;
}

/**
 * The trace of a task's charges: each with its time and amount, and in words its quantity, the rates and the grants that
 * paid. Renders a `table`. Reads `GET /v1/accounts/{id}/uses` of the task, and the explanation of a charge that is opened.
 */
export function TaskCharges({ task, accountId, timeZone }: TaskChargesProps) {
  const format = useFormat(timeZone);
  const messages = useMessages('uses', usesMessages);
  const { amount } = useMessages('taskDetails', taskDetailsMessages);
  const resource = useUses({ metric: 'credits', from: task.createdAt, taskId: task.id }, { accountId });
  return (
    // As exact as the line items above them, which come to the same.
    <UsesList
      isExact
      decimalsOf={exactColumnDecimals}
      {...{ resource, label: amount, unit: task.creditLabel ?? task.unit, accountId, format, messages }}
    />
  );
}
