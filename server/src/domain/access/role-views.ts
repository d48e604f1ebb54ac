import type { AccessHolder, RoleView } from '../../contract/access/access.ts';

const nothing: RoleView = {
  plan: false,
  price: false,
  balance: false,
  usage: 'none',
  usageOf: 'own',
  money: false,
  invoices: false,
  tasks: 'none',
  traces: false,
  manage: false,
};

const viewer: RoleView = { ...nothing, usage: 'percent', tasks: 'own' };
const member: RoleView = { ...viewer, balance: true, usage: 'units', traces: true };
const manager: RoleView = { ...member, usageOf: 'all', tasks: 'all' };
const reader: RoleView = { ...manager, plan: true, price: true, money: true, invoices: true };
const keeper: RoleView = { ...reader, manage: true };

/** The default views. A permission adds to the view of the role. */
export const defaultViews: Readonly<Record<AccessHolder, RoleView>> = {
  visitor: nothing,
  viewer,
  member,
  manager,
  admin: keeper,
  owner: keeper,
  super_admin: keeper,
  billing_read: reader,
  billing_manage: keeper,
};

/** The defaults with the catalog's changes. */
export function completeViews(
  changes: Partial<Record<AccessHolder, Partial<RoleView>>> | undefined,
): Readonly<Record<AccessHolder, RoleView>> {
  if (changes === undefined) return defaultViews;
  const views = { ...defaultViews };
  for (const name of Object.keys(defaultViews) as AccessHolder[])
    views[name] = { ...views[name], ...changes[name] };
  return views;
}
