import * as z from 'zod';
import { amount, decimal, id, instant, name, pageOf } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Member, MemberInput, MemberInvitation, Permission, Role } from './members.ts';

export const role = tied<Role>()(z.enum(['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer']));

export const permission = tied<Permission>()(z.enum(['billing:read', 'billing:manage']));

export const member = tied<Member>()(
  z.strictObject({
    id,
    accountId: id,
    name: z.string(),
    role,
    permissions: z.array(permission),
    seatType: id.nullable(),
    allocations: z.record(id, decimal),
    createdAt: instant,
  }),
);

export const memberPage = pageOf(member);

export const memberInvitation = tied<MemberInvitation>()(
  z.strictObject({
    id,
    name: name.exactOptional(),
    role: role.exactOptional(),
    permissions: z.array(permission).max(2).exactOptional(),
    seatType: id.exactOptional(),
  }),
);

export const memberInput = tied<MemberInput>()(
  z.strictObject({
    name: name.exactOptional(),
    role: role.exactOptional(),
    permissions: z.array(permission).max(2).exactOptional(),
    seatType: id.exactOptional(),
    allocations: z.record(id, amount).exactOptional(),
  }),
);
