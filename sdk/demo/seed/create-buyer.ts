import type { UsageKitClient } from '@usagekit/server/client';
import { headers, type PaymentSession, type PurchaseAnswer, paths } from '@usagekit/server/contract';

/** The account's owner, who pays with one of the sandbox's cards as in a browser. */
export interface Buyer {
  enterCard(): Promise<void>;
  /** Throws where the pack was not paid at once. */
  buyPack(packId: string): Promise<void>;
}

export function createBuyer(
  usage: UsageKitClient,
  serverUrl: string,
  owner: { accountId: string; memberId: string },
): Buyer {
  async function post<Answer>(path: string, body?: object): Promise<Answer> {
    const { token } = await usage.createToken(owner);
    const response = await fetch(serverUrl + path, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        [headers.idempotencyKey]: crypto.randomUUID(),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  return {
    async enterCard() {
      const { url } = await post<PaymentSession>(paths.paymentMethodSession(owner.accountId), {
        returnUrl: serverUrl,
      });
      const body = new URLSearchParams({ card: 'succeeds' });
      const { status } = await fetch(url, { method: 'POST', body, redirect: 'manual' });
      if (status !== 303) throw new Error(`The sandbox did not take the card: ${status}.`);
    },
    async buyPack(packId) {
      const { purchase } = await post<PurchaseAnswer>(paths.purchase(owner.accountId, packId));
      if (purchase.status !== 'succeeded') throw new Error(`The purchase of ${packId} ${purchase.status}.`);
    },
  };
}
