import type { Summary } from '../accounts/summary.ts';
import type { Credits, LedgerEntry } from '../credits/credits.ts';
import type { CreditsLeft } from '../gate/gate.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Task } from '../tasks/tasks.ts';
import type { MeterLevel, Usage } from '../usage/usage.ts';
import type { Instant } from '../values/amount.ts';

/** The answers that a change of an account can move, one name for each address. */
export type View =
  | 'summary'
  | 'usage'
  | 'series'
  | 'usageHistory'
  | 'forecast'
  | 'credits'
  | 'ledger'
  | 'activity'
  | 'autoTopUp'
  | 'tasks'
  | 'task'
  | 'subscription'
  | 'check'
  | 'diagnosis'
  | 'models'
  | 'catalog'
  | 'invoices'
  | 'upcomingInvoice'
  | 'charges'
  | 'paymentMethod'
  | 'connectedBrowsers'
  | 'members'
  | 'whoami';

/**
 * Answers that a message carries, as the caller may see them and as `GET` would give them now. Lists carry only items that are
 * new or changed since `ChangeMessage.since`, newest first.
 */
export interface MovedAnswers {
  summary?: Summary;
  usage?: Usage;
  credits?: Credits;
  subscription?: Subscription;
  ledger?: LedgerEntry[];
  tasks?: Task[];
}

/**
 * One message of the stream and the socket: the names of the changed answers, with the cheap ones included. Views in `views` but
 * not in `moved` have to be requested again. Clients never add up messages.
 */
export interface ChangeMessage {
  type: 'change';
  accountId: string;
  /** The account's version after the change. */
  version: number;
  /** The account's version at the previous message or the greeting. */
  since: number;
  views: View[];
  moved: MovedAnswers;
  /** Null where the caller may not see the balance. */
  credits: CreditsLeft | null;
  level: MeterLevel;
  blocked: boolean;
  /** Ids of tasks that changed, at most 50. */
  taskIds: string[];
  asOf: Instant;
}

/** The first message of a stream or socket. */
export interface HelloMessage {
  type: 'hello';
  accountId: string;
  version: number;
}

/** Sent by the server now and then so that both ends see that the line is alive. */
export interface BeatMessage {
  type: 'beat';
}

/** Every message of a stream, told apart by `type`. */
export type StreamMessage = HelloMessage | ChangeMessage | BeatMessage;

/** Codes with which the WebSocket closes: the token ended or is not valid; the caller may not read the account. */
export const socketCloseCodes = { unauthorized: 4401, forbidden: 4403 } as const;

/** The WebSocket's subprotocol; the token follows it in `Sec-WebSocket-Protocol`, as `usagekit.token.<token>`. */
export const socketProtocol = 'usagekit.v1';
/** What stands before a token among the protocols of a WebSocket. */
export const socketTokenPrefix = 'usagekit.token.';

/** Seconds between beats of stream and socket. */
export const beatSeconds = 20;
