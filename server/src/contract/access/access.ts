import type { CallerKind } from '../keys/caller-kinds.ts';
import type { Permission, Role } from '../members/members.ts';

/** The parts of an account that a role may see. A missing role keeps its default: see the server's README. */
export interface RoleView {
  plan: boolean;
  price: boolean;
  balance: boolean;
  /** `none`, percentages only, or units. */
  usage: 'none' | 'percent' | 'units';
  /** Own use only, or every member's. */
  usageOf: 'own' | 'all';
  /** Amounts in money, also of a balance in money. */
  money: boolean;
  /**
   * Billing as a whole, not documents alone: invoices and charges, the amount due, the buyer's details, the payment method, the activity log, and
   * why the account is paused.
   */
  invoices: boolean;
  tasks: 'none' | 'own' | 'all';
  /** The line items of tasks and uses. */
  traces: boolean;
  /** Whether what is seen of the plan, of purchases and of settings may be changed too. */
  manage: boolean;
}

/** Who a table of views speaks of: a role, a public visitor, or a holder of `billing:read` or `billing:manage`. */
export type AccessHolder = Role | 'visitor' | 'billing_read' | 'billing_manage';

/** Who is calling, as `GET /v1/whoami` tells; what the UI may offer follows from it. */
export interface Whoami {
  caller: CallerKind;
  accountId: string | null;
  memberId: string | null;
  role: Role | null;
  permissions: Permission[];
  /** The view of the role and the permissions; null for a secret key, which sees everything. */
  view: RoleView | null;
}
