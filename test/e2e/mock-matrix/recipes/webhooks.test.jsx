import { createUsageKitMock } from '@usagekit/react/testing';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';

/** A host's handler: it verifies the signature and remembers who has to be told. */
function createHandler(secret, outOfCredits) {
  return async (request) => {
    const { type, data } = new Webhook(secret).verify(
      await request.text(),
      Object.fromEntries(request.headers),
    );
    if (type === 'credits.out') outOfCredits.push(data.accountId);
    return new Response(null, { status: 204 });
  };
}

it('remembers who has no credits left', async () => {
  const mock = createUsageKitMock({ scenario: 'lowCredits' });
  const told = [];
  const { secret, deliver } = await mock.webhooks((request) => createHandler(secret, told)(request));
  await mock.outOfCredits();
  await deliver();
  expect(told).toEqual(['acme']);
});
