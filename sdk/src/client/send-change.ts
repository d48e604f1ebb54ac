import type { Address, AnswerAt, FilledAddress } from '@usagekit/server/contract';
import { retryDelayMs } from '../live/retry-delay.ts';
import type { UsageKitClient } from './create-client.ts';
import type { OutgoingRequest } from './send-request.ts';
import { UsageKitError } from './usagekit-error.ts';

/**
 * A change that the server carries out at most once however often it is sent: a PUT says all by itself, and anything else
 * goes under a key from `newIdempotencyKey`, made when the user decided and kept until that decision is final.
 */
export type Change = Omit<OutgoingRequest, 'accept'> &
  ({ method: 'PUT' } | { method: 'POST' | 'PATCH' | 'DELETE'; idempotencyKey: string });

const triesMax = 3;

/**
 * Sends a change, up to three times where no answer came or the server could not answer.
 *
 * @throws UsageKitError; after one that is `retryable` the change may have been made, and the same key finds out.
 */
export function sendChange<Path extends Address, Method extends Change['method']>(
  client: UsageKitClient,
  change: Change & { path: Path | FilledAddress<Path>; method: Method },
): Promise<AnswerAt<Path, Method>>;
/** The same at an address that is only known as text. */
export function sendChange<Answer>(client: UsageKitClient, change: Change): Promise<Answer>;
export async function sendChange<Answer>(client: UsageKitClient, change: Change): Promise<Answer> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await client.request<Answer>(change);
    } catch (error) {
      const mayHelp = error instanceof UsageKitError && error.retryable && failures + 1 < triesMax;
      if (!mayHelp || change.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs(failures, error.retryAfterSeconds)));
    }
  }
}
