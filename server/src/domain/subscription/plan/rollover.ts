import type { Micros } from '../../amounts/amounts.ts';
import type { Catalog, Rollover } from '../../catalog/catalog-types.ts';
import { addGrant } from '../../credits/grants.ts';
import type { Grant, LedgerRecord } from '../../credits/state.ts';
import { derivedIdMark, deriveId } from '../../ids/derived-id.ts';
import { planOf, standingOf } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import { nameOfCarried } from '../../stored-words/stored-names.ts';
import { cycleByIndex } from '../../time/calendar.ts';

function partOf(amount: Micros, { percent }: Rollover): Micros {
  return (amount * percent) / 100n;
}

/** The part of each allowance that carries over into the new cycle, up to the plan's maximum. */
export function carriedOn(state: AccountState, catalog: Catalog): Readonly<Record<string, Micros>> {
  const carried: Record<string, Micros> = {};
  for (const [metric, limit] of planOf(state, catalog).limits) {
    const { rollover, included } = limit;
    if (rollover === null || included === null) continue;
    const { included: allowed, used } = standingOf(state, catalog, metric);
    const left = partOf((allowed ?? 0n) - used, rollover);
    const most = included * BigInt(rollover.cycles);
    if (left > 0n) carried[metric] = left < most ? left : most;
  }
  return carried;
}

/** The part of the ending plan credits that carries over: a grant of its own, which does not carry over again. */
export function rollOver(
  state: AccountState,
  catalog: Catalog,
  {
    grant,
    atMs,
    recordedAtMs,
  }: { readonly grant: Grant; readonly atMs: number; readonly recordedAtMs: number },
): { state: AccountState; entries: readonly LedgerRecord[] } {
  const { creditsRollover, name } = planOf(state, catalog);
  const isOfCycle = grant.source === 'plan' && grant.expiresAtMs === state.usage.endsAtMs;
  if (creditsRollover === null || !isOfCycle || grant.id.endsWith(`${derivedIdMark}rollover`))
    return { state, entries: [] };
  const amount = partOf(grant.remaining, creditsRollover);
  if (amount === 0n) return { state, entries: [] };
  const { anchorAtMs, timeZone } = state.profile;
  const { startsAtMs: expiresAtMs } = cycleByIndex(
    anchorAtMs,
    timeZone,
    state.usage.index + 1 + creditsRollover.cycles,
  );
  return addGrant(
    state,
    {
      id: deriveId(grant.id, 'rollover'),
      source: 'plan',
      label: nameOfCarried(name),
      unit: grant.unit,
      amount,
      priority: grant.priority,
      scope: grant.scope,
      expiresAtMs,
    },
    { atMs, recordedAtMs },
  );
}
