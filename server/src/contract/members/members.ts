import type { DecimalString, Instant } from '../values/amount.ts';

/** What a member is in an account; the catalog says what each may do. */
export type Role = 'super_admin' | 'owner' | 'admin' | 'manager' | 'member' | 'viewer';

/** Rights in addition to the role: to read billing, or to read and change it. */
export type Permission = 'billing:read' | 'billing:manage';

/** One user in one account. */
export interface Member {
  id: string;
  accountId: string;
  name: string;
  role: Role;
  permissions: Permission[];
  /** The kind of seat that the member has, an id of the catalog's seat types; null where there were none. */
  seatType: string | null;
  /** This member's share of the account's allowance of the whole present cycle, by metric id, in the metric's unit. */
  allocations: Record<string, DecimalString>;
  createdAt: Instant;
}

/** Body of `POST /v1/accounts/{id}/members`. */
export interface MemberInvitation {
  id: string;
  name?: string;
  /** `member` by default. */
  role?: Role;
  permissions?: Permission[];
  /** The one of the member's role by default, where the catalog has seat types. */
  seatType?: string;
}

/** Body of `PUT /v1/accounts/{id}/members/{memberId}`. */
export interface MemberInput {
  name?: string;
  /** `member` by default. */
  role?: Role;
  permissions?: Permission[];
  /** The one of the member's role by default, where the catalog has seat types. */
  seatType?: string;
  /** Replaces all allocations; a metric that is left out has none. What the member has used this cycle counts from the start. */
  allocations?: Record<string, DecimalString>;
}
