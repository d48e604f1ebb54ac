import type { Instant } from './amount.ts';
import type { CreditsLeft } from './gate.ts';
import type { MeterLevel } from './usage.ts';

/** The views that a change can touch. */
export type View = 'summary' | 'usage' | 'credits' | 'ledger' | 'tasks' | 'subscription';

/**
 * One message of the stream and the socket: which views changed, with the small figures a badge needs.
 * A client that missed some asks again for what it shows; nothing is to be added up from messages.
 */
export interface ChangeMessage {
  type: 'change';
  accountId: string;
  /** Of the account, after the change. */
  version: number;
  views: View[];
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

export type StreamMessage = HelloMessage | ChangeMessage | BeatMessage;

/** Codes with which the WebSocket closes: the token ended or is not valid; the caller may not read the account. */
export const socketCloseCodes = { unauthorized: 4401, forbidden: 4403 } as const;

/** The WebSocket's subprotocol; the token goes beside it in `Sec-WebSocket-Protocol`, as `usagekit.token.<token>`. */
export const socketProtocol = 'usagekit.v1';
export const socketTokenPrefix = 'usagekit.token.';

/** Seconds between beats of stream and socket. */
export const beatSeconds = 20;
