import type {
  Charge,
  ChargePurpose,
  Money,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
} from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';
import { type Change, sendChange } from '../send-change.ts';

// Separate from the client, so that pages that only show figures do not load the code that changes plans.

/** The subscription commands for members who manage the account. The other commands belong to the product team. */
export type AccountCommand = Exclude<
  SubscriptionCommand,
  { kind: 'start_trial' | 'end_trial' | 'contract' | 'end_contract' | 'move_to_latest' }
>;

/**
 * Previews a subscription command with exact amounts and dates. Changes nothing.
 *
 * @throws UsageKitError `conflict` or `invalid_request` if the command itself would be refused, `forbidden` if the role may not
 * change the plan
 */
export function previewSubscription(
  client: UsageKitClient,
  accountId: string,
  command: SubscriptionCommand,
): Promise<SubscriptionChange> {
  return client.request({ method: 'POST', path: paths.subscriptionPreview(accountId), body: command });
}

/**
 * Carries out a subscription command. A repeat under the same key gives the same answer and does nothing twice.
 *
 * @param expectedTotal what the preview said is due now, of a command that is charged
 * @throws UsageKitError as `previewSubscription`; `total_changed` where it costs more than expected, `change_pending` while
 * another change waits for its payment
 */
export function changeSubscription(
  client: UsageKitClient,
  accountId: string,
  command: AccountCommand,
  idempotencyKey: string,
  expectedTotal?: Money,
): Promise<SubscriptionChangeAnswer> {
  return sendChange(client, requestOf(accountId, command, idempotencyKey, expectedTotal));
}

const ofChanges: readonly ChargePurpose[] = ['plan_change', 'quantity_change'];

/** The charge that a change waits for. Undefined where none waits any more, and where charges cannot be read. */
export async function readWaitingCharge(
  client: UsageKitClient,
  accountId: string,
): Promise<Charge | undefined> {
  const page = await client.request({ path: paths.charges(accountId) }).catch(() => undefined);
  return page?.items.find(
    ({ purpose, status }) => ofChanges.includes(purpose) && status !== 'succeeded' && status !== 'failed',
  );
}

/**
 * Withdraws the change that a charge waits to be confirmed for; everything stays as it was. A repeat does nothing.
 *
 * @throws UsageKitError `conflict` where the payment was confirmed meanwhile
 */
export function withdrawCharge(client: UsageKitClient, accountId: string, chargeId: string): Promise<Charge> {
  return client.request({ method: 'POST', path: paths.withdrawCharge(accountId, chargeId) });
}

function requestOf(
  accountId: string,
  command: AccountCommand,
  idempotencyKey: string,
  expectedTotal: Money | undefined,
): Change {
  const post = (path: string, body?: object): Change => ({ method: 'POST', path, body, idempotencyKey });
  const put = (path: string, body: object): Change => ({ method: 'PUT', path, body });
  switch (command.kind) {
    case 'change_plan': {
      const { kind: _kind, ...body } = command;
      return post(paths.subscriptionChange(accountId), { ...body, expectedTotal });
    }
    case 'cancel':
      return post(paths.subscriptionCancel(accountId));
    case 'resume':
      return post(paths.subscriptionResume(accountId));
    case 'seats':
      return {
        ...put(paths.seats(accountId, command.seatType), { quantity: command.quantity, expectedTotal }),
        idempotencyKey,
      };
    case 'add_on':
      return {
        ...put(paths.addOn(accountId, command.addOnId), { quantity: command.quantity, expectedTotal }),
        idempotencyKey,
      };
    case 'dedicated_ips':
      return {
        ...put(paths.dedicatedIps(accountId), { quantity: command.quantity, expectedTotal }),
        idempotencyKey,
      };
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
