import type { UseDimensions } from '../../domain/usage/state.ts';

/** 0 stands for an absent value. No text can be mistaken for it. */
export type Absent = 0;

export type JsonDimensions = [
  memberId: string | Absent,
  agentId: string | Absent,
  projectId: string | Absent,
  workspaceId: string | Absent,
  taskId: string | Absent,
  category: string | Absent,
  source: string | Absent,
  apiKeyId: string | Absent,
];

export function dimensionsToJson(dimensions: UseDimensions): JsonDimensions {
  return [
    dimensions.memberId ?? 0,
    dimensions.agentId ?? 0,
    dimensions.projectId ?? 0,
    dimensions.workspaceId ?? 0,
    dimensions.taskId ?? 0,
    dimensions.category ?? 0,
    dimensions.source ?? 0,
    dimensions.apiKeyId ?? 0,
  ];
}

export function dimensionsFromJson(json: JsonDimensions): UseDimensions {
  const [memberId, agentId, projectId, workspaceId, taskId, category, source, apiKeyId] = json;
  const dimensions: { -readonly [Key in keyof UseDimensions]: UseDimensions[Key] } = {};
  if (memberId !== 0) dimensions.memberId = memberId;
  if (agentId !== 0) dimensions.agentId = agentId;
  if (projectId !== 0) dimensions.projectId = projectId;
  if (workspaceId !== 0) dimensions.workspaceId = workspaceId;
  if (taskId !== 0) dimensions.taskId = taskId;
  if (category !== 0) dimensions.category = category;
  if (source !== 0) dimensions.source = source;
  if (apiKeyId !== 0) dimensions.apiKeyId = apiKeyId;
  return dimensions;
}
