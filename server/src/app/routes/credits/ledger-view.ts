import type { Grant, LedgerEntry } from '../../../contract/credits/credits.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import type { Grant as GrantState, LedgerRecord } from '../../../domain/credits/state.ts';
import { entryAboutOf, grantNameOf } from '../../../domain/stored-words/stored-names.ts';
import type { UsageRecord } from '../../../domain/usage/state.ts';
import type { Viewer } from '../../access/viewer.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { grantUseViews, lineItemView } from '../gate/gate-views.ts';

export function grantView(grant: GrantState): Grant {
  return {
    id: grant.id,
    source: grant.source,
    ...grantNameOf(grant.source, grant.label),
    unit: grant.unit,
    amount: formatAmount(grant.amount),
    remaining: formatAmount(grant.remaining),
    held: formatAmount(grant.held),
    priority: grant.priority,
    scope: grant.scope,
    expiresAt: formatInstantOrNull(grant.expiresAtMs),
    createdAt: formatInstant(grant.createdAtMs),
  };
}

/**
 * One entry; its line items where its usage record was read and the viewer may see traces. Of another member's use a
 * viewer who sees only its own is told the amount and nothing else.
 */
export function ledgerEntryView(
  entry: LedgerRecord,
  { catalog, viewer, usage }: { catalog: Catalog; viewer: Viewer; usage?: UsageRecord | undefined },
): LedgerEntry {
  const isForeign = isForeignUse(entry, viewer);
  const view: LedgerEntry = {
    id: entry.id,
    kind: entry.kind,
    amount: formatAmount(entry.amount),
    unit: entry.unit,
    balanceAfter: formatAmount(entry.balanceAfter),
    grants: grantUseViews(entry.legs),
    ...(isForeign ? { description: null } : entryAboutOf(entry.kind, entry.description, entry.grant?.source)),
    effectiveAt: formatInstant(entry.effectiveAtMs),
    recordedAt: formatInstant(entry.recordedAtMs),
  };
  if (isForeign) return view;
  if (usage !== undefined && viewer.view.traces)
    view.lineItems = usage.lines.map((line) => lineItemView(line, catalog, viewer.modelNames));
  if (entry.memberId !== null) view.memberId = entry.memberId;
  if (entry.agentId !== null) view.agentId = entry.agentId;
  if (entry.taskId !== null) view.taskId = entry.taskId;
  if (entry.holdId !== null) view.holdId = entry.holdId;
  return view;
}

function isForeignUse(entry: LedgerRecord, { view, memberId }: Viewer): boolean {
  const isUse = entry.usageId !== null || entry.holdId !== null;
  return isUse && view.usageOf === 'own' && memberId !== null && entry.memberId !== memberId;
}
