import type { Role } from '@usagekit/server/contract';

/** A member of each role is in the account, with the role's name as id. */
export const memberRoles: readonly Role[] = ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'];
