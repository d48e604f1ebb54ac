import type { PageQuery } from '../http/page.ts';
import type { Instant } from '../values/amount.ts';

/** One balance of an account that is not the sum of its entries. */
export interface Drift {
  /** The figure that drifted: `grant <id>`, `debt <unit>`, `available <unit>`, `held <unit>`, `entry <id>` or `sequence`. */
  subject: string;
  /** The figure by the entries, in millionths of the unit. */
  expected: string;
  /** The figure in the account, in millionths of the unit. */
  found: string;
}

/** An account whose balances were recomputed from its whole ledger. */
export interface ReconciledAccount {
  accountId: string;
  /** Empty where every balance is the sum of its entries. */
  drifts: Drift[];
  /** Why the account or its ledger cannot be read; null where it can. */
  unreadable: string | null;
}

/** Query of `GET /v1/reconciliation`. */
export interface ReconciliationQuery extends PageQuery {
  /**
   * Reads the uses from 35 days before this instant on, and compares the lines of use that begin at it or later; every use and
   * every line where it is left out. Invoices, charges and ledger are read as a whole either way.
   */
  usesFrom?: Instant;
}

/** A half-open span of time, of at most `apiBounds.paymentSpanDaysMax` days. */
export interface PaymentSpan {
  /** First instant. */
  from: Instant;
  /** First instant after it. */
  to: Instant;
}

/** One figure of a charge that differs between the server and the payment provider. */
export interface PaymentDifference {
  accountId: string;
  /** Id of the charge's order, which the provider keeps with its payment. */
  chargeId: string;
  /** `charge` where the server does not know it; `payments` where the provider took the money more than once. */
  subject: 'charge' | 'status' | 'amount' | 'currency' | 'refunded' | 'payments';
  /** The server's amount. */
  here: string;
  /** The provider's amount. */
  atProvider: string;
}

/** Answer of `GET /v1/reconciliation/payments`: the charges of a span, compared with the payment provider's record. */
export interface PaymentReconciliation {
  /** Whether the provider keeps a record of its own: the sandbox does not, and nothing is compared with it. */
  isKept: boolean;
  /** Charges of the span, on either side. */
  charges: number;
  /** Charges and refunds whose answer may still be on its way. */
  underWay: number;
  /** Empty where both sides agree. */
  differences: PaymentDifference[];
}

/** Who acted, by the credentials that the request came with. */
export interface AuditActor {
  kind: 'secret_key' | 'member' | 'extension' | 'command_line' | 'configuration';
  /** The key's id; null for a key that holds by configuration, and where no key was used. */
  keyId: string | null;
  /** The first characters of a secret key, a member's id, the user of the machine, or `start`. */
  name: string;
}

/** One change of keys, of the catalog, or of money by hand. It is written before it is done, and again when it is over. */
export interface AuditEntry {
  id: string;
  at: Instant;
  actor: AuditActor;
  /** The call, such as `POST /v1/keys`, or `start` for what the server did when it started. */
  action: string;
  accountId: string | null;
  /** The ids in the call's address, and the action's own details. Never a secret. */
  details: Record<string, string>;
  requestId: string | null;
  /** Where the request came from; null where that is not known. */
  address: string | null;
  /** `begun` where its end was not recorded, as by a crash: look whether it was done. */
  outcome: 'begun' | 'done' | 'refused';
}

/** One thing that was looked at. */
export interface DoctorFinding {
  check:
    | 'retention'
    | 'set_aside'
    | 'rows'
    | 'due'
    | 'clock'
    | 'catalog'
    | 'audit'
    | 'formats'
    | 'durability'
    | 'permissions'
    | 'journal'
    | 'connections'
    | 'accounts';
  /** `error` where something is wrong, `warning` where it may become so. */
  level: 'ok' | 'warning' | 'error';
  detail: string;
}

/** Answer of `GET /v1/doctor`: every check has a finding, also where all is well. */
export interface DoctorReport {
  checkedAt: Instant;
  /** The server's own version. */
  version: string;
  findings: DoctorFinding[];
}
