import type { Account } from '../../contract/accounts/account.ts';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { paths } from '../../contract/http/paths.ts';
import type { Member } from '../../contract/members/members.ts';
import type { Subscription } from '../../contract/subscription/subscription.ts';
import { type Api, everyItem } from '../commands/open-api.ts';

/** The settings and purchases of an account. They decide about its uses as its plan does. */
export interface AccountSettings {
  readonly subscription: Pick<Subscription, 'addOns' | 'seats' | 'additionalUse' | 'ownLimits'>;
  /** Members whose share is bounded. */
  readonly members: readonly Pick<Member, 'id' | 'role' | 'seatType' | 'allocations'>[];
}

/** As it is now: when a setting or a share was changed is not kept. */
export async function settingsOf(api: Api, { id }: Account): Promise<AccountSettings> {
  const subscription = await api.call<Subscription>('GET', paths.subscription(id));
  const members: Member[] = [];
  for await (const member of everyItem<Member>(api, paths.members(id)))
    if (Object.keys(member.allocations).length > 0) members.push(member);
  return { subscription, members };
}

/** A call that gives an account in a trial one of its settings. */
export interface SettingCall {
  /** As it is named where the catalog does not take it. */
  readonly name: string;
  readonly path: string;
  readonly body: object;
}

/** The calls that put the settings. A share of a metric that the catalog does not count bounds nothing, and is left out. */
export function callsOf(
  account: string,
  { subscription, members }: AccountSettings,
  { metrics }: CatalogConfig,
): SettingCall[] {
  const base = paths.account(account);
  const { addOns, seats, additionalUse, ownLimits } = subscription;
  const isShared = (metric: string) => metrics.some(({ id, kind }) => id === metric && kind !== 'gauge');
  return [
    ...addOns
      .filter(({ quantity }) => quantity > 0)
      .map(({ addOnId, quantity }) => ({
        name: `add-on ${addOnId}`,
        path: `${base}/add-ons/${encodeURIComponent(addOnId)}`,
        body: { quantity },
      })),
    ...seats
      .filter(({ bought }) => bought > 0)
      .map(({ seatType, bought }) => ({
        name: `seats ${seatType}`,
        path: `${base}/seats/${encodeURIComponent(seatType)}`,
        body: { quantity: bought },
      })),
    ...additionalUse.map(({ metric, mode, cap }) => ({
      name: `additional use of ${metric}`,
      path: `${base}/additional-use/${encodeURIComponent(metric)}`,
      body: { mode, ...(cap === null ? {} : { cap }) },
    })),
    ...ownLimits.map(({ metric, limit }) => ({
      name: `own limit of ${metric}`,
      path: `${base}/limits/${encodeURIComponent(metric)}`,
      body: { limit },
    })),
    ...members.map(({ id, role, seatType, allocations }) => ({
      name: `share of ${id}`,
      path: `${base}/members/${encodeURIComponent(id)}`,
      body: {
        role,
        ...(seatType === null ? {} : { seatType }),
        allocations: Object.fromEntries(Object.entries(allocations).filter(([metric]) => isShared(metric))),
      },
    })),
  ];
}
