import {
  paths,
  type SubscriptionChange,
  type SubscriptionChangeAnswer,
  type SubscriptionCommand,
} from '@usagekit/server/contract';
import type { UsageKitClient } from './create-client.ts';
import { type Change, sendChange } from './send-change.ts';

// Apart from the client, so that those who only show figures do not load what changes a plan.

/** What a member who manages the account can do to its subscription. The rest is the product team's own. */
export type AccountCommand = Exclude<
  SubscriptionCommand,
  { kind: 'start_trial' | 'end_trial' | 'contract' | 'end_contract' | 'move_to_latest' }
>;

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
 * Carries out a command on the subscription. Sent again under the same key it answers with what was done, and does nothing twice.
 *
 * @throws UsageKitError as `previewSubscription`
 */
export function changeSubscription(
  client: UsageKitClient,
  accountId: string,
  command: AccountCommand,
  idempotencyKey: string,
): Promise<SubscriptionChangeAnswer> {
  return sendChange(client, requestOf(accountId, command, idempotencyKey));
}

function requestOf(accountId: string, command: AccountCommand, idempotencyKey: string): Change {
  const post = (path: string, body?: object): Change => ({ method: 'POST', path, body, idempotencyKey });
  const put = (path: string, body: object): Change => ({ method: 'PUT', path, body });
  switch (command.kind) {
    case 'change_plan': {
      const { kind: _kind, ...body } = command;
      return post(paths.subscriptionChange(accountId), body);
    }
    case 'cancel':
      return post(paths.subscriptionCancel(accountId));
    case 'resume':
      return post(paths.subscriptionResume(accountId));
    case 'seats':
      return put(paths.seats(accountId, command.seatType), { quantity: command.quantity });
    case 'add_on':
      return put(paths.addOn(accountId, command.addOnId), { quantity: command.quantity });
    case 'dedicated_ips':
      return put(paths.dedicatedIps(accountId), { quantity: command.quantity });
    case 'assign_dedicated_ip':
      return put(paths.dedicatedIp(accountId, command.ipId), { agentId: command.agentId });
    case 'remove_dedicated_ip':
      return { method: 'DELETE', path: paths.dedicatedIp(accountId, command.ipId), idempotencyKey };
    case 'additional_use': {
      const { kind: _kind, metric, ...body } = command;
      return put(paths.additionalUse(accountId, metric), body);
    }
    case 'own_limit':
      return put(paths.ownLimit(accountId, command.metric), { limit: command.limit });
    case 'alerts':
      return put(paths.alerts(accountId, command.metric), { amounts: command.amounts });
    case 'alert_email':
      return put(paths.alertEmail(accountId), { email: command.email });
  }
}
