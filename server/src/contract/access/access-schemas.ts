import * as z from 'zod';
import { callerKinds } from '../keys/caller-kinds.ts';
import { permission, role } from '../members/members-schemas.ts';
import { id } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { AccessHolder, RoleView, Whoami } from './access.ts';

const roleViewFields = {
  plan: z.boolean(),
  price: z.boolean(),
  balance: z.boolean(),
  usage: z.enum(['none', 'percent', 'units']),
  usageOf: z.enum(['own', 'all']),
  money: z.boolean(),
  invoices: z.boolean(),
  tasks: z.enum(['none', 'own', 'all']),
  traces: z.boolean(),
  manage: z.boolean(),
};
export const roleView = tied<RoleView>()(z.strictObject(roleViewFields));
export const accessHolder = tied<AccessHolder>()(
  z.enum([...role.options, 'visitor', 'billing_read', 'billing_manage']),
);
export const partialRoleView = tied<Partial<RoleView>>()(
  z.strictObject({
    plan: roleViewFields.plan.exactOptional(),
    price: roleViewFields.price.exactOptional(),
    balance: roleViewFields.balance.exactOptional(),
    usage: roleViewFields.usage.exactOptional(),
    usageOf: roleViewFields.usageOf.exactOptional(),
    money: roleViewFields.money.exactOptional(),
    invoices: roleViewFields.invoices.exactOptional(),
    tasks: roleViewFields.tasks.exactOptional(),
    traces: roleViewFields.traces.exactOptional(),
    manage: roleViewFields.manage.exactOptional(),
  }),
);

export const whoami = tied<Whoami>()(
  z.strictObject({
    caller: z.enum(callerKinds),
    accountId: id.nullable(),
    memberId: id.nullable(),
    role: role.nullable(),
    permissions: z.array(permission),
    view: roleView.nullable(),
  }),
);
