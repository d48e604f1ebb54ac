import type { Dimensions } from '../../contract/gate/gate.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import { DomainError } from '../../domain/decision.ts';
import { acceptedIds } from '../../domain/ids/accepted-ids.ts';
import type { UseDimensions } from '../../domain/usage/state.ts';

/** The dimensions of a request, without its other fields. */
export function dimensionsOf(request: Dimensions): UseDimensions {
  const dimensions: { -readonly [Key in keyof UseDimensions]: UseDimensions[Key] } = {};
  if (request.memberId !== undefined) dimensions.memberId = request.memberId;
  if (request.agentId !== undefined) dimensions.agentId = request.agentId;
  if (request.projectId !== undefined) dimensions.projectId = request.projectId;
  if (request.workspaceId !== undefined) dimensions.workspaceId = request.workspaceId;
  if (request.taskId !== undefined) dimensions.taskId = request.taskId;
  if (request.apiKeyId !== undefined) dimensions.apiKeyId = request.apiKeyId;
  if (request.category !== undefined) dimensions.category = request.category;
  if (request.source !== undefined) dimensions.source = request.source;
  return dimensions;
}

/** @throws DomainError where the category is none of the catalog's: a slip would be lost among the others otherwise. */
export function assertCategory(
  catalog: Catalog,
  category: string | undefined,
  { withRetired = false }: { readonly withRetired?: boolean } = {},
): void {
  if (category === undefined || catalog.categories.has(category)) return;
  if (withRetired && catalog.retired.categories.has(category)) return;
  throw new DomainError(
    'invalid_request',
    `The catalog has no category '${category}'`,
    '/category',
    acceptedIds(catalog.categories.keys(), 'no category'),
  );
}
