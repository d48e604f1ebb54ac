import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { dimensionFields, items, lineItem } from '../gate/gate-schemas.ts';
import {
  creditUnit,
  decimal,
  id,
  instant,
  pageOf,
  pageQuery,
  shownUnit,
  text,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Task, TaskChange, TaskQuery, TaskRequest, TaskSelection, TaskStatus } from './tasks.ts';

export const taskStatus = tied<TaskStatus>()(
  z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled']),
);
export const task = tied<Task>()(
  z.strictObject({
    id: z.string(),
    accountId: id,
    name: z.string(),
    status: taskStatus,
    agentId: id.nullable(),
    memberId: id.nullable(),
    memberName: z.string().exactOptional(),
    projectId: id.nullable(),
    workspaceId: id.nullable(),
    apiKeyId: id.nullable(),
    category: id.nullable(),
    estimate: decimal.nullable(),
    holdId: z.string().nullable(),
    held: decimal.nullable(),
    cost: decimal.nullable(),
    refunded: decimal.nullable(),
    unit: creditUnit,
    creditLabel: shownUnit.exactOptional(),
    lineItems: z.array(lineItem).exactOptional(),
    result: z.string().nullable(),
    error: z.string().nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    updatedAt: instant,
  }),
);
export const taskPage = pageOf(task);

const { taskId: _taskId, ...taskDimensions } = dimensionFields;
export const taskRequest = tied<TaskRequest>()(
  z.strictObject({
    accountId: id,
    id: id.exactOptional(),
    name: text,
    status: z.enum(['pending', 'in_progress']).exactOptional(),
    estimate: items.exactOptional(),
    ...taskDimensions,
  }),
);
const taskText = z.string().max(apiBounds.taskTextCharactersMax);
export const taskChange = tied<TaskChange>()(
  z.strictObject({
    accountId: id,
    status: taskStatus.exactOptional(),
    items: items.exactOptional(),
    result: taskText.exactOptional(),
    error: taskText.exactOptional(),
  }),
);
const taskSelectionFields = {
  status: taskStatus.exactOptional(),
  agentId: id.exactOptional(),
  memberId: id.exactOptional(),
  from: instant.exactOptional(),
  to: instant.exactOptional(),
  search: z.string().min(1).max(apiBounds.searchCharactersMax).exactOptional(),
};
export const taskSelection = tied<TaskSelection>()(z.strictObject(taskSelectionFields));
export const taskQuery = tied<TaskQuery>()(
  z.strictObject({ ...pageQuery.shape, accountId: id.exactOptional(), ...taskSelectionFields }),
);
