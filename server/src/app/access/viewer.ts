import type { RoleView } from '../../contract/access/access.ts';
import type { Permission, Role } from '../../contract/members/members.ts';
import type { Profile } from '../../domain/accounts/state.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import type { MemberRecord } from '../../domain/members/state.ts';

/** The part of an account that the caller may see, and the member as which it sees. Views are built from it, field by field. */
export interface Viewer {
  /** Null for the host's backend. */
  readonly memberId: string | null;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  readonly view: RoleView;
  /** Whether model names may be told; where not, tiers stand for them. */
  readonly modelNames: boolean;
}

const everything: RoleView = {
  plan: true,
  price: true,
  balance: true,
  usage: 'units',
  usageOf: 'all',
  money: true,
  invoices: true,
  tasks: 'all',
  traces: true,
  manage: true,
};

/** The host's backend, which sees all of it. */
export const backendViewer: Viewer = {
  memberId: null,
  role: null,
  permissions: [],
  view: everything,
  modelNames: true,
};

/** The member's view: its role's and what its permissions add, and no more than the role that its token is narrowed to. */
export function memberViewer(
  member: MemberRecord,
  narrowTo: Role | null,
  catalog: Catalog,
  profile: Profile,
): Viewer {
  const { views } = catalog;
  let view = views[member.role];
  for (const permission of member.permissions)
    view = union(view, permission === 'billing:read' ? views.billing_read : views.billing_manage);
  if (narrowTo !== null) view = intersection(view, views[narrowTo]);
  if (profile.moneyPreview && !view.money && view.usage !== 'none') view = { ...view, money: true };
  return {
    memberId: member.id,
    role: narrowTo !== null && isWithin(views[narrowTo], views[member.role]) ? narrowTo : member.role,
    permissions: narrowTo === null ? member.permissions : [],
    view,
    modelNames: catalog.modelNames === 'shown',
  };
}

/** Whether a role's view shows nothing that the other does not: a token can only narrow what its member sees. */
function isWithin(view: RoleView, other: RoleView): boolean {
  const common = intersection(view, other);
  return Object.entries(view).every(([field, value]) => common[field as keyof RoleView] === value);
}

const usageOrder = ['none', 'percent', 'units'] as const;
const tasksOrder = ['none', 'own', 'all'] as const;
const usageOfOrder = ['own', 'all'] as const;

function union(a: RoleView, b: RoleView): RoleView {
  return combine(a, b, (x, y) => x || y, Math.max);
}

function intersection(a: RoleView, b: RoleView): RoleView {
  return combine(a, b, (x, y) => x && y, Math.min);
}

function combine(
  a: RoleView,
  b: RoleView,
  pick: (x: boolean, y: boolean) => boolean,
  pickIndex: (x: number, y: number) => number,
): RoleView {
  const of = <Value>(order: readonly Value[], x: Value, y: Value): Value =>
    order[pickIndex(order.indexOf(x), order.indexOf(y))] ?? x;
  return {
    plan: pick(a.plan, b.plan),
    price: pick(a.price, b.price),
    balance: pick(a.balance, b.balance),
    usage: of(usageOrder, a.usage, b.usage),
    usageOf: of(usageOfOrder, a.usageOf, b.usageOf),
    money: pick(a.money, b.money),
    invoices: pick(a.invoices, b.invoices),
    tasks: of(tasksOrder, a.tasks, b.tasks),
    traces: pick(a.traces, b.traces),
    manage: pick(a.manage, b.manage),
  };
}
