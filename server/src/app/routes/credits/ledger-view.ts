import type { Grant, GrantSource, LedgerEntry } from '../../../contract/credits/credits.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { textIn } from '../../../domain/catalog/translations.ts';
import type { Grant as GrantState, LedgerRecord } from '../../../domain/credits/state.ts';
import {
  type EntryAbout,
  entryAboutOf,
  type GrantName,
  grantNameOf,
} from '../../../domain/stored-words/stored-names.ts';
import type { UsageRecord } from '../../../domain/usage/state.ts';
import type { Viewer } from '../../access/viewer.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { grantUseViews, lineItemView } from '../gate/gate-views.ts';

export function grantView(grant: GrantState, catalog: Catalog): Grant {
  return {
    id: grant.id,
    source: grant.source,
    ...grantNameView(grant, catalog),
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

/** Grants that are called as their pack is in the catalog. Other names are the host's own. */
const namedByCatalog: ReadonlySet<GrantSource | undefined> = new Set(['purchase', 'top_up']);

/** The name of a grant; that of its plan or pack in the reader's language. */
export function grantNameView(
  { source, label }: Pick<GrantState, 'source' | 'label'>,
  catalog: Catalog,
): GrantName {
  const name = withPlanName(grantNameOf(source, label), catalog);
  return name.label === null || !namedByCatalog.has(source)
    ? name
    : { ...name, label: textIn(catalog, name.label) };
}

/** Kinds whose description is the name of a grant, or a reason that a person gave. */
const inOwnWords: ReadonlySet<LedgerRecord['kind']> = new Set(['adjustment', 'grant', 'reset', 'expiry']);

function aboutView({ kind, description, grant }: LedgerRecord, catalog: Catalog): EntryAbout {
  const about = withPlanName(entryAboutOf(kind, description, grant?.source), catalog);
  if (about.description === null || (inOwnWords.has(kind) && !namedByCatalog.has(grant?.source)))
    return about;
  return { ...about, description: textIn(catalog, about.description) };
}

function withPlanName<About extends { readonly planName?: string }>(about: About, catalog: Catalog): About {
  const { planName } = about;
  return planName === undefined ? about : { ...about, planName: textIn(catalog, planName) };
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
    ...(isForeign ? { description: null } : aboutView(entry, catalog)),
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
