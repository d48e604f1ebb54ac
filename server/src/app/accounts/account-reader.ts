import { advance } from '../../domain/accounts/advance.ts';
import { needsBaselineLookUp } from '../../domain/accounts/baseline.ts';
import type { Catalog, Plan } from '../../domain/catalog/catalog-types.ts';
import { isClosedByErasure } from '../../domain/erasures/erase-state.ts';
import type { Facts } from '../../domain/facts.ts';
import { planOf } from '../../domain/limits/limits.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { AccountState } from '../../domain/state.ts';
import { isPriceDue } from '../../domain/unpriced/unpriced.ts';
import { backendViewer, memberViewer, type Viewer } from '../access/viewer.ts';
import type { Caller, ExtensionCaller, MemberCaller } from '../callers/caller.ts';
import { CatalogNotLoadedError } from '../catalog/catalogs.ts';
import { accountNotFound } from '../execute.ts';
import { AppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';
import { readBaselineFacts, withBaselineKnown } from './account-baseline.ts';

/** An account as it stands now, with what has fallen due done in memory, and what the caller may see of it. */
export interface AccountReading {
  readonly state: AccountState;
  /** Changes that fell due and are not committed yet. */
  readonly due: Facts;
  readonly catalog: Catalog;
  readonly plan: Plan;
  readonly nowMs: number;
  readonly viewer: Viewer;
  /** The member who calls. */
  readonly member: MemberRecord | undefined;
}

/**
 * Reads an account for a caller. What has fallen due shows and is committed by the next command; only uses that have got
 * their price since are written, before they show.
 * @throws AppError `account_not_found`, `forbidden` where the caller's member is gone.
 */
export async function readAccount(
  services: Services,
  accountId: string,
  caller: Caller,
): Promise<AccountReading> {
  const [found, member] = await Promise.all([
    services.store.readAccount(accountId),
    caller.kind === 'member' || caller.kind === 'extension'
      ? services.store.readMember(accountId, caller.memberId)
      : undefined,
  ]);
  if (found === undefined || isBeingErased(found)) throw accountNotFound(accountId);
  const own = await catalogOf(services, found, caller.language);
  const stored = await withPrices(services, found, own);
  const nowMs = await services.clock.now(stored.profile);
  const baseline = needsBaselineLookUp(stored, own)
    ? await readBaselineFacts(services, accountId)
    : undefined;
  const known = withBaselineKnown(stored, own, baseline);
  const { state, facts } = advance(known, own, nowMs, services.clock.systemMs, baseline);
  // A change of plan may have fallen due, which also changes the plan version that the account keeps.
  const catalog = state === stored ? own : await catalogOf(services, state, caller.language);
  const plan = planOf(state, catalog);
  return {
    state,
    due: facts,
    catalog,
    plan,
    nowMs,
    viewer: viewerOf(caller, member, catalog, state),
    member,
  };
}

/** Half of its history is elsewhere already. */
function isBeingErased(state: AccountState): boolean {
  return state.erasedAtMs === undefined && isClosedByErasure(state);
}

/** The account after what has got its price since was charged. */
async function withPrices(services: Services, state: AccountState, own: Catalog): Promise<AccountState> {
  if (!isPriceDue(state, own)) return state;
  const { id } = state.profile;
  await services.unpriced.price(id);
  return (await services.store.readAccount(id)) ?? state;
}

/** The catalog that holds for an account, its version read where it has not been, in its own language or in the reader's. */
export async function catalogOf(
  { catalogs }: Services,
  state: AccountState,
  language: string | null = null,
): Promise<Catalog> {
  try {
    return catalogs.of(state, catalogs.latest.version, language);
  } catch (error) {
    if (!(error instanceof CatalogNotLoadedError)) throw error;
    await catalogs.load(error.version);
    return catalogs.of(state, catalogs.latest.version, language);
  }
}

/** By so much the clocks of two servers may differ. */
const skewMs = 2_000;

/**
 * Credentials from before a member was removed are refused for good, and so are those from before the member was made: they are of
 * somebody who had the same id and was erased.
 */
function isRefusedSince(
  { removal, createdAtMs }: MemberRecord,
  { issuedAtMs }: MemberCaller | ExtensionCaller,
): boolean {
  // Tokens of earlier versions do not say when they were issued.
  if (issuedAtMs !== 0 && issuedAtMs < createdAtMs - skewMs) return true;
  return removal !== undefined && (!removal.isBack || issuedAtMs < removal.atMs);
}

function viewerOf(
  caller: Caller,
  member: MemberRecord | undefined,
  catalog: Catalog,
  state: AccountState,
): Viewer {
  if (caller.kind === 'secret_key') return backendViewer;
  if (caller.kind === 'visitor' || member === undefined || isRefusedSince(member, caller))
    throw new AppError('forbidden', 'The member is no longer in this account');
  return memberViewer(member, caller.narrowTo, catalog, state.profile);
}

/** @throws AppError `forbidden` where the viewer's role may not see it. */
export function assertMaySee(allowed: boolean): void {
  if (!allowed) throw new AppError('forbidden', "The caller's role may not see this");
}
