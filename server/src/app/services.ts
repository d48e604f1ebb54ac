import type { GroupCommit } from '../store/group-commit/group-commit.ts';
import type { Store } from '../store/store.ts';
import type { AccountClock } from './accounts/account-clock.ts';
import type { DueCommitter } from './accounts/commit-due.ts';
import type { CopyDatabase, RenderInvoice, Schedule, WriteArchive, WriteParquet } from './app-options.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import type { Authenticator } from './callers/authenticate.ts';
import type { Keys } from './callers/keys.ts';
import type { Tokens } from './callers/tokens.ts';
import type { Catalogs } from './catalog/catalogs.ts';
import type { Erasures } from './erasures/erasures.ts';
import type { RecentRefusals } from './gate/recent-refusals.ts';
import type { RequestLog } from './http/request-log.ts';
import type { ChangeHub } from './live/change-hub.ts';
import type { OutageLog } from './log/outage-log.ts';
import type { Deliverer } from './notices/deliverer.ts';
import type { Pairings } from './pairings/pairings.ts';
import type { PaymentDesk } from './purchases/payment-desk.ts';
import type { Retention } from './retention/retention.ts';
import type { Metrics } from './server-metrics/metrics.ts';
import type { SetAsideWatch } from './set-aside-watch.ts';
import type { UnpricedWatch } from './unpriced/unpriced-watch.ts';
import type { UnreadableWatch } from './unreadable-watch.ts';

/** The API's description, without the routes that it is made of: those carry validators, which no public type may. */
export interface ApiDescription {
  /** JSON. */
  readonly text: string;
  /** By which a client notices that the server speaks another version. */
  readonly hash: string;
}

/** The services that every route uses. */
export interface Services {
  readonly store: Store;
  readonly commit: GroupCommit;
  readonly clock: AccountClock;
  readonly catalogs: Catalogs;
  readonly audit: AuditTrail;
  readonly tokens: Tokens;
  readonly keys: Keys;
  readonly pairings: Pairings;
  readonly authenticator: Authenticator;
  readonly hub: ChangeHub;
  readonly refusals: RecentRefusals;
  readonly setAside: SetAsideWatch;
  readonly unreadable: UnreadableWatch;
  readonly due: DueCommitter;
  /** Names this process among those on the database. */
  readonly processId: string;
  readonly payments: PaymentDesk;
  readonly unpriced: UnpricedWatch;
  readonly erasures: Erasures;
  readonly notices: Deliverer;
  /** Null where this server writes no PDF. */
  readonly renderInvoice: RenderInvoice | null;
  /** Null where the store makes no copies. */
  readonly copyDatabase: CopyDatabase | null;
  /** Null where this server writes no archives. */
  readonly writeArchive: WriteArchive | null;
  /** Null where this server writes no Parquet. */
  readonly writeParquet: WriteParquet | null;
  /** By how much the machine's clock was set at once and is doubted; 0 where it is believed. */
  clockDoubtMs(): number;
  readonly retention: Retention;
  readonly metrics: Metrics;
  readonly requestLog: RequestLog;
  readonly openapi: ApiDescription;
  readonly log: OutageLog;
  readonly schedule: Schedule;
  readonly mode: 'test' | 'live';
  readonly version: string;
  newId(): string;
  /** Names one request in answers and logs. */
  newRequestId(): string;
  /** Resolves once the present turn of the event loop is over, so that others have theirs. */
  nextTurn(): Promise<void>;
  /** Milliseconds that only grow. */
  stopwatchMs(): number;
}
