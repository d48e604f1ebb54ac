import { apiBounds } from '../../contract/api-bounds.ts';
import type { MemberInput, Role } from '../../contract/members/members.ts';
import { giveMemberBaseline } from '../accounts/baseline.ts';
import { activityOf } from '../activity/activity.ts';
import { type Micros, parseAmount } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { unknownMetric } from '../catalog/metric-of.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { isMemberBeingErased } from '../erasures/erase-state.ts';
import { noFacts } from '../facts.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { seatsOf } from '../subscription/quantities.ts';
import type { SubscriptionState } from '../subscription/state.ts';
import type { CycleUsage } from '../usage/state.ts';
import type { MemberRecord, MemberShare } from './state.ts';

/** Amounts by metric id. */
type Amounts = Readonly<Record<string, Micros>>;

/** What a member is to become, and what it was. */
export interface PutMember {
  /** The member as it is; undefined where it is to be made. */
  readonly present: MemberRecord | undefined;
  readonly id: string;
  readonly input: MemberInput;
  /** The member's use of each newly allocated metric this cycle, which the state does not hold. */
  readonly usedThisCycle: Amounts;
}

/** A member as it is now, and whether it is a new one. */
export interface MemberPut {
  readonly member: MemberRecord;
  readonly isNew: boolean;
}

/**
 * Makes a member or changes one. What a metric's new allocation counts starts from what the member has used of it this cycle.
 * @throws DomainError `count_limit_reached` beyond `apiBounds.membersPerAccountMax`, `unknown_metric`, and `invalid_request`
 * for an allocation of a gauge, which is nobody's share.
 */
export function decidePutMember(
  context: DecisionContext,
  { present, id, input, usedThisCycle }: PutMember,
): Decision<MemberPut> {
  const { state, catalog, recordedAtMs } = context;
  if (isMemberBeingErased(state, id))
    throw new DomainError(
      'conflict',
      `Member '${id}' is being erased; ask again when that is done`,
      '/id',
      'another id',
    );
  const isNew = present === undefined || present.removal?.isBack === false;
  const known = isNew ? undefined : present;
  if (isNew && state.memberCount >= apiBounds.membersPerAccountMax)
    throw new DomainError(
      'count_limit_reached',
      `The account has ${apiBounds.membersPerAccountMax} members, which is the maximum`,
    );
  const allocations =
    input.allocations === undefined
      ? (known?.allocations ?? {})
      : parseAllocations(input.allocations, catalog);
  const role = input.role ?? known?.role ?? 'member';
  const seatType = seatTypeFor(context, { present: known, input, role });
  const member: MemberRecord = {
    id,
    accountId: state.profile.id,
    name: input.name ?? known?.name ?? id,
    role,
    permissions:
      input.permissions === undefined ? (known?.permissions ?? []) : [...new Set(input.permissions)],
    seatType,
    allocations,
    createdAtMs: known?.createdAtMs ?? recordedAtMs,
    ...(present?.removal && { removal: { ...present.removal, isBack: true } }),
  };
  const byMember = countedFor(state.usage.byMember, present, member, usedThisCycle);
  const usage = byMember === state.usage.byMember ? state.usage : { ...state.usage, byMember };
  const after: AccountState = {
    ...state,
    usage,
    memberCount: state.memberCount + (isNew ? 1 : 0),
    subscription: withSeat(state.subscription, known?.seatType ?? null, seatType),
    allocations: withAllocations(state.allocations, member),
  };
  // Who comes back was given it before.
  const given =
    present === undefined
      ? giveMemberBaseline(after, catalog, { memberId: id, atMs: context.nowMs, recordedAtMs })
      : { state: after, entries: [] };
  // A new state also where only the role changed: its version moves on, by which other processes and streams notice.
  return {
    outcome: { member, isNew },
    state: given.state,
    facts: { ...noFacts, entries: given.entries },
  };
}

/**
 * Removes a member. Its share is counted no longer, its name gives way to a pseudonym, and what it used stays in history.
 * Made again under the same id it begins as a new member does.
 */
export function decideRemoveMember(
  context: DecisionContext,
  present: MemberRecord,
  pseudonym: string,
): Decision<MemberRecord> {
  const { state, recordedAtMs } = context;
  // Each field by its name: a field that members get one day does not outlive a removal unless it is said here.
  const removed: Required<MemberRecord> = {
    id: present.id,
    accountId: present.accountId,
    name: pseudonym,
    role: 'viewer',
    permissions: [],
    seatType: null,
    allocations: {},
    createdAtMs: present.createdAtMs,
    removal: { atMs: recordedAtMs, isBack: false },
  };
  const byMember = countedFor(state.usage.byMember, present, removed, {});
  const activity = activityOf(context, {
    kind: 'member_removed',
    event: { kind: 'member_removed', name: pseudonym },
  });
  return {
    outcome: removed,
    state: {
      ...state,
      usage: { ...state.usage, byMember },
      memberCount: Math.max(0, state.memberCount - 1),
      subscription: withSeat(state.subscription, present.seatType, null),
      allocations: withAllocations(state.allocations, removed),
    },
    facts: { ...noFacts, activity: [activity] },
  };
}

/**
 * The seat that a member takes: the one that is named, or that of the role where the role is new, or the one that it has. A seat
 * that it does not have yet has to be free, since seats bound who is invited and nothing else.
 */
function seatTypeFor(
  { state, catalog }: DecisionContext,
  { present, input, role }: Pick<PutMember, 'present' | 'input'> & { readonly role: Role },
): string | null {
  const had = present?.seatType ?? null;
  if (input.seatType !== undefined && !catalog.seatTypes.has(input.seatType))
    throw new DomainError(
      'invalid_request',
      `The catalog has no seat type '${input.seatType}'`,
      '/seatType',
      acceptedIds(catalog.seatTypes.keys(), 'no seat type'),
    );
  const { kind } = state.profile;
  const ofRole =
    [...catalog.seatTypes.values()].find(
      ({ roles, accountKinds }) => roles.includes(role) && accountKinds.has(kind),
    )?.id ?? null;
  const isRoleNew = present === undefined || present.role !== role;
  const seatType = input.seatType ?? (isRoleNew && ofRole !== null ? ofRole : had);
  if (seatType === null || seatType === had) return seatType;
  const { total } = seatsOf(state.subscription, planOf(state, catalog), seatType);
  const taken = state.subscription.seatsTaken[seatType] ?? 0;
  if (total === null || taken < total) return seatType;
  const label = catalog.seatTypes.get(seatType)?.label ?? seatType;
  throw new DomainError(
    'no_free_seat',
    `${label}: ${taken} of ${total} seats are taken`,
    '/seatType',
    'another kind of seat, or a seat that is bought first',
  );
}

function withSeat(
  subscription: SubscriptionState,
  before: string | null,
  after: string | null,
): SubscriptionState {
  if (before === after) return subscription;
  const seatsTaken = { ...subscription.seatsTaken };
  if (before !== null) seatsTaken[before] = Math.max((seatsTaken[before] ?? 0) - 1, 0);
  if (after !== null) seatsTaken[after] = (seatsTaken[after] ?? 0) + 1;
  return { ...subscription, seatsTaken };
}

/** The facts about a command's member that a gate needs. */
export function memberShareOf(
  { allocations }: Pick<AccountState, 'allocations'>,
  memberId: string | undefined,
): MemberShare | undefined {
  if (memberId === undefined) return undefined;
  return {
    id: memberId,
    allocations: (Object.hasOwn(allocations, memberId) ? allocations[memberId] : undefined) ?? {},
  };
}

function withAllocations(
  before: AccountState['allocations'],
  { id, allocations }: MemberRecord,
): AccountState['allocations'] {
  const { [id]: _, ...others } = before;
  return Object.keys(allocations).length === 0 ? others : { ...others, [id]: allocations };
}

/** Metrics for which a member gets its first allocation. */
export function newlyAllocated(
  present: MemberRecord | undefined,
  { allocations = {} }: MemberInput,
): string[] {
  return Object.keys(allocations).filter((metric) => present?.allocations[metric] === undefined);
}

/** The per-member counters after allocations change. Metrics without any allocation are not counted by member. */
function countedFor(
  byMember: CycleUsage['byMember'],
  present: MemberRecord | undefined,
  { id, allocations }: MemberRecord,
  usedThisCycle: Amounts,
): CycleUsage['byMember'] {
  const had = present?.allocations ?? {};
  let after = byMember;
  for (const metric of new Set([...Object.keys(had), ...Object.keys(allocations)])) {
    const isAllocated = allocations[metric] !== undefined;
    if (isAllocated === (had[metric] !== undefined)) continue;
    const { [id]: _, ...others } = after[metric] ?? {};
    after = { ...after, [metric]: isAllocated ? { ...others, [id]: usedThisCycle[metric] ?? 0n } : others };
  }
  return after;
}

function parseAllocations(allocations: Readonly<Record<string, string>>, catalog: Catalog): Amounts {
  const amounts: Record<string, Micros> = {};
  for (const [metric, amount] of Object.entries(allocations)) {
    assertAllocatable(metric, catalog);
    amounts[metric] = parseAmount(amount);
  }
  return amounts;
}

function assertAllocatable(metric: string, catalog: Catalog): void {
  const known = catalog.metrics.get(metric);
  const pointer = `/allocations/${metric}`;
  if (known === undefined) throw unknownMetric(catalog, metric, pointer);
  if (known.kind === 'gauge')
    throw new DomainError(
      'invalid_request',
      `'${metric}' is a gauge; gauges have no allocations`,
      pointer,
      'a counter',
    );
}
