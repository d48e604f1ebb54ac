import type { Permission, Role } from '../../contract/members/members.ts';
import type { Micros } from '../amounts/amounts.ts';

/** A member of an account, also one that was removed. */
export interface MemberRecord {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** Null where the catalog had no seat types when the member was made. */
  readonly seatType: string | null;
  readonly allocations: Readonly<Record<string, Micros>>;
  readonly createdAtMs: number;
  /** Present once the member was removed: tokens and keys from before it are refused for good, also when the member is back. */
  readonly removal?: { readonly atMs: number; readonly isBack: boolean };
}

/** The facts about a member that a gate needs. */
export type MemberShare = Pick<MemberRecord, 'id' | 'allocations'>;
