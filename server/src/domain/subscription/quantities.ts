import type { ActivityEvent } from '../../contract/activity/activity.ts';
import type { AddOn, Plan, PlanSeats } from '../catalog/catalog-types.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { differenceOf, factsOf, isCharged, recurringOf, withBillables } from './billing/recurring.ts';
import { decided, type SubscriptionOutcome } from './outcome.ts';
import type { DedicatedIpState, Quantity, SubscriptionState } from './state.ts';

const none: Quantity = { now: 0, next: 0 };

/**
 * The number after it is wanted: more holds and is charged at once, less from the end of the period on. Where nothing is charged,
 * as in a trial, less is less at once.
 */
function wanted(subscription: SubscriptionState, { now }: Quantity, quantity: number): Quantity {
  return { now: isCharged(subscription) ? Math.max(now, quantity) : quantity, next: quantity };
}

interface Words {
  readonly event: ActivityEvent;
  readonly memberId: string | null;
  readonly takesEffect: SubscriptionOutcome['takesEffect'];
}

/** The decision that leaves another subscription: what it adds is charged for the rest of the period. */
export function changeBought(
  context: DecisionContext,
  subscription: SubscriptionState,
  words: Words,
): Decision<SubscriptionOutcome> {
  const { state: before, catalog, nowMs, commandId } = context;
  const after: AccountState = { ...before, subscription };
  const linesOf = (state: AccountState) =>
    recurringOf({ plan: planOf(state, catalog), catalog }, state.subscription);
  const facts = factsOf(
    { profile: before.profile, catalog, causeId: commandId, atMs: nowMs, due: 'now' },
    differenceOf(linesOf(before), linesOf(after), subscription.period),
  );
  return decided(context, { state: withBillables(after, facts), ...words });
}

function effectOf(
  subscription: SubscriptionState,
  { now }: Quantity,
  quantity: number,
): Words['takesEffect'] {
  return quantity < now && isCharged(subscription) ? 'boundary' : 'now';
}

export interface ChangeSeats {
  readonly seatType: string;
  /** Bought in addition to the included ones. */
  readonly quantity: number;
  readonly memberId: string | null;
}

/**
 * Sets how many seats are bought in addition to the included ones.
 * @throws DomainError `invalid_request` for a kind that the plan does not sell or more than it sells, `conflict` for fewer than
 * members have taken.
 */
export function decideSeats(
  context: DecisionContext,
  { seatType, quantity, memberId }: ChangeSeats,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const { subscription } = state;
  const plan = planOf(state, catalog);
  const sold = seatsSoldTo(context, plan).get(seatType);
  if (sold === undefined || sold.prices === null || sold.included === null)
    throw new DomainError(
      'invalid_request',
      `The plan ${plan.name} sells no seat '${seatType}'`,
      '/seatType',
      acceptedIds(
        [...seatsSoldTo(context, plan)].flatMap(([id, { prices }]) => (prices === null ? [] : id)),
        'no seat',
      ),
    );
  if (sold.max !== null && sold.included + quantity > sold.max)
    throw new DomainError(
      'invalid_request',
      `The plan ${plan.name} has at most ${sold.max} of these seats`,
      '/quantity',
      `at most ${sold.max - sold.included}`,
    );
  const taken = subscription.seatsTaken[seatType] ?? 0;
  if (sold.included + quantity < taken)
    throw new DomainError(
      'conflict',
      `${taken} of these seats are taken`,
      '/quantity',
      `at least ${taken - sold.included}`,
    );
  const before = subscription.seats[seatType] ?? none;
  const label = catalog.seatTypes.get(seatType)?.label ?? seatType;
  return changeBought(
    context,
    { ...subscription, seats: { ...subscription.seats, [seatType]: wanted(subscription, before, quantity) } },
    {
      event: { kind: 'seats_set', label, quantity },
      memberId,
      takesEffect: effectOf(subscription, before, quantity),
    },
  );
}

/** The seat types that the account can have: those of its plan and account kind. */
export function seatsSoldTo(
  { state, catalog }: Pick<DecisionContext, 'state' | 'catalog'>,
  plan: Plan,
): ReadonlyMap<string, PlanSeats> {
  const { kind } = state.profile;
  return new Map(
    [...plan.seats].filter(([id]) => catalog.seatTypes.get(id)?.accountKinds.has(kind) ?? false),
  );
}

/**
 * The number of seats of a kind: null for no bound, as on a plan that does not name seats, and 0 for a kind that the plan leaves
 * out.
 */
export function seatsOf(
  { seats }: SubscriptionState,
  plan: Plan,
  seatType: string,
): { readonly total: number | null; readonly offered: PlanSeats | undefined } {
  const offered = plan.seats.get(seatType);
  if (plan.seats.size === 0) return { total: null, offered };
  if (offered === undefined) return { total: 0, offered };
  if (offered.included === null) return { total: null, offered };
  return { total: offered.included + (seats[seatType]?.now ?? 0), offered };
}

export interface ChangeAddOn {
  readonly addOnId: string;
  readonly quantity: number;
  readonly memberId: string | null;
}

/**
 * Sets how many of an add-on are held.
 * @throws DomainError `invalid_request` for an add-on that is not sold to the account or more than is sold.
 */
export function decideAddOn(
  context: DecisionContext,
  { addOnId, quantity, memberId }: ChangeAddOn,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const { subscription } = state;
  const sold = addOnsSoldTo(state, planOf(state, catalog));
  const addOn = sold.find(({ id }) => id === addOnId);
  if (addOn === undefined)
    throw new DomainError(
      'invalid_request',
      `No add-on '${addOnId}' is sold to this account on its plan`,
      '/addOnId',
      acceptedIds(
        sold.map(({ id }) => id),
        'no add-on',
      ),
    );
  if (quantity > addOn.quantityMax)
    throw new DomainError(
      'invalid_request',
      `At most ${addOn.quantityMax} of ${addOn.label} can be bought`,
      '/quantity',
      `at most ${addOn.quantityMax}`,
    );
  const before = subscription.addOns[addOnId] ?? none;
  return changeBought(
    context,
    {
      ...subscription,
      addOns: { ...subscription.addOns, [addOnId]: wanted(subscription, before, quantity) },
    },
    {
      event: { kind: 'add_on_set', label: addOn.label, quantity },
      memberId,
      takesEffect: effectOf(subscription, before, quantity),
    },
  );
}

/** The add-ons that the account can buy: those of its plan and account kind. */
export function addOnsSoldTo({ profile }: Pick<AccountState, 'profile'>, plan: Plan): AddOn[] {
  return [...plan.addOns.values()].filter(({ accountKinds }) => accountKinds.has(profile.kind));
}

export interface ChangeDedicatedIps {
  readonly quantity: number;
  readonly memberId: string | null;
}

/**
 * Sets how many fixed addresses the account has. More take effect at once; a reduction removes unassigned ones, the latest first,
 * at the end of the period.
 * @throws DomainError `invalid_request` if the plan sells none or fewer, `conflict` for fewer than agents have.
 */
export function decideDedicatedIps(
  context: DecisionContext,
  { quantity, memberId }: ChangeDedicatedIps,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const { subscription } = state;
  const plan = planOf(state, catalog);
  if (plan.dedicatedIps === null)
    throw new DomainError(
      'invalid_request',
      `The plan ${plan.name} has no dedicated IPs`,
      '/quantity',
      'a plan with dedicated IPs',
    );
  const { max } = plan.dedicatedIps;
  if (quantity > max)
    throw new DomainError(
      'invalid_request',
      `The plan ${plan.name} has at most ${max}`,
      '/quantity',
      `at most ${max}`,
    );
  const assigned = subscription.dedicatedIps.filter(({ agentId }) => agentId !== null).length;
  if (quantity < assigned)
    throw new DomainError(
      'conflict',
      `${assigned} dedicated IPs are assigned to agents`,
      '/quantity',
      `at least ${assigned}; release the others first`,
    );
  const kept = subscription.dedicatedIps.filter(({ isRemoved }) => !isRemoved).length;
  return changeBought(context, withIps(subscription, quantity), {
    event: { kind: 'dedicated_ips_set', quantity },
    memberId,
    takesEffect: quantity < kept && isCharged(subscription) ? 'boundary' : 'now',
  });
}

/** So many addresses that go on: taken off ones come back before new ones are made, and free ones are taken off from the last. */
function withIps(subscription: SubscriptionState, quantity: number): SubscriptionState {
  let missing = quantity - subscription.dedicatedIps.filter(({ isRemoved }) => !isRemoved).length;
  const dedicatedIps: DedicatedIpState[] = [...subscription.dedicatedIps];
  for (let index = dedicatedIps.length - 1; index >= 0 && missing < 0; index--) {
    const ip = dedicatedIps[index];
    if (ip === undefined || ip.isRemoved || ip.agentId !== null) continue;
    dedicatedIps[index] = { ...ip, isRemoved: true };
    missing += 1;
  }
  for (let index = 0; index < dedicatedIps.length && missing > 0; index++) {
    const ip = dedicatedIps[index];
    if (ip === undefined || !ip.isRemoved) continue;
    dedicatedIps[index] = { ...ip, isRemoved: false };
    missing -= 1;
  }
  let { nextDedicatedIp } = subscription;
  for (; missing > 0; missing--)
    dedicatedIps.push({ id: `ip-${nextDedicatedIp++}`, agentId: null, isRemoved: false });
  return withoutUnpaid({ ...subscription, dedicatedIps, nextDedicatedIp });
}

/** If nothing is charged, removed items end at once. */
function withoutUnpaid(subscription: SubscriptionState): SubscriptionState {
  if (isCharged(subscription)) return subscription;
  return {
    ...subscription,
    dedicatedIps: subscription.dedicatedIps.filter(({ isRemoved }) => !isRemoved),
  };
}

export interface AssignDedicatedIp {
  readonly ipId: string;
  /** Null releases it. */
  readonly agentId: string | null;
  readonly memberId: string | null;
}

/**
 * Assigns an address to an agent, which has no other, or releases it.
 * @throws DomainError `not_found` for an address that the account does not have, `conflict` for an agent that has another, or an
 * address that another agent has or that is taken off.
 */
export function decideAssignDedicatedIp(
  context: DecisionContext,
  { ipId, agentId, memberId }: AssignDedicatedIp,
): Decision<SubscriptionOutcome> {
  const { subscription } = context.state;
  const ip = ipOf(subscription, ipId);
  if (agentId !== null) {
    const other = subscription.dedicatedIps.find((each) => each.agentId === agentId && each.id !== ipId);
    if (other !== undefined)
      throw new DomainError(
        'conflict',
        `The agent '${agentId}' has ${other.id}`,
        '/agentId',
        'another agent',
      );
    if (ip.agentId !== null && ip.agentId !== agentId)
      throw new DomainError('conflict', `${ipId} is assigned to '${ip.agentId}'`, '/agentId', 'null first');
    if (ip.isRemoved)
      throw new DomainError(
        'conflict',
        `${ipId} ends at the end of this period`,
        '/ipId',
        'an address that goes on',
      );
  }
  return changeBought(context, withIp(subscription, { ...ip, agentId }), {
    event:
      agentId === null
        ? { kind: 'dedicated_ip_released', ip: ipId }
        : { kind: 'dedicated_ip_assigned', ip: ipId, agentId },
    memberId,
    takesEffect: 'now',
  });
}

export interface RemoveDedicatedIp {
  readonly ipId: string;
  readonly memberId: string | null;
}

/**
 * Takes off one address with the end of the period.
 * @throws DomainError `not_found` for an address that the account does not have, `conflict` for one that an agent has.
 */
export function decideRemoveDedicatedIp(
  context: DecisionContext,
  { ipId, memberId }: RemoveDedicatedIp,
): Decision<SubscriptionOutcome> {
  const { subscription } = context.state;
  const ip = ipOf(subscription, ipId);
  if (ip.agentId !== null)
    throw new DomainError('conflict', `${ipId} is assigned to '${ip.agentId}'`, '/ipId', 'release it first');
  return changeBought(context, withoutUnpaid(withIp(subscription, { ...ip, isRemoved: true })), {
    event: { kind: 'dedicated_ip_removed', ip: ipId },
    memberId,
    takesEffect: isCharged(subscription) ? 'boundary' : 'now',
  });
}

function ipOf({ dedicatedIps }: SubscriptionState, ipId: string): DedicatedIpState {
  const ip = dedicatedIps.find(({ id }) => id === ipId);
  if (ip !== undefined) return ip;
  throw new DomainError(
    'not_found',
    `The account has no dedicated IP '${ipId}'`,
    '/ipId',
    acceptedIds(
      dedicatedIps.map(({ id }) => id),
      'no dedicated IP',
    ),
  );
}

function withIp(subscription: SubscriptionState, ip: DedicatedIpState): SubscriptionState {
  const dedicatedIps = subscription.dedicatedIps.map((each) => (each.id === ip.id ? ip : each));
  return { ...subscription, dedicatedIps };
}
