import {
  type PlanChange,
  paths,
  type SubscriptionChange,
  type SubscriptionChangeAnswer,
  type SubscriptionCommand,
} from '@usagekit/server/contract';
import type { UsageKitClient } from './create-client.ts';
import { sendChange } from './send-change.ts';

// Apart from the client, so that those who only show figures do not load what changes a plan.

/** What is sent under a key of its own. */
export type PlanCommand = ({ kind: 'change_plan' } & PlanChange) | { kind: 'cancel' } | { kind: 'resume' };

/**
 * What a command on the subscription would do, in exact amounts and dates. Changes nothing.
 *
 * @throws UsageKitError `conflict` or `invalid_request` where the command itself would be refused, `forbidden` where the role
 * may not change the plan
 */
export function previewSubscription(
  client: UsageKitClient,
  accountId: string,
  command: SubscriptionCommand,
): Promise<SubscriptionChange> {
  return client.request({ method: 'POST', path: paths.subscriptionPreview(accountId), body: command });
}

/**
 * Changes, cancels or resumes the subscription. One key is one change: sent again it answers with what was done.
 *
 * @throws UsageKitError as `previewSubscription`
 */
export function changeSubscription(
  client: UsageKitClient,
  accountId: string,
  command: PlanCommand,
  idempotencyKey: string,
): Promise<SubscriptionChangeAnswer> {
  switch (command.kind) {
    case 'change_plan': {
      const { kind: _kind, ...body } = command;
      return sendChange(client, {
        method: 'POST',
        path: paths.subscriptionChange(accountId),
        body,
        idempotencyKey,
      });
    }
    case 'cancel':
      return sendChange(client, {
        method: 'POST',
        path: paths.subscriptionCancel(accountId),
        idempotencyKey,
      });
    case 'resume':
      return sendChange(client, {
        method: 'POST',
        path: paths.subscriptionResume(accountId),
        idempotencyKey,
      });
  }
}
