import { createUsageKitHandler, type Identity } from '@usagekit/node/handlers';

/** Who a session belongs to. In a product this is its own sign-in; here the cookie says it. */
const users: Record<string, Identity> = {
  'session=ann': { accountId: 'acme', memberId: 'ann', role: 'owner' },
  'session=vic': { accountId: 'acme', memberId: 'vic', role: 'viewer' },
};

export const usageKit = createUsageKitHandler({
  url: process.env.USAGEKIT_URL ?? 'http://127.0.0.1:4310',
  key: process.env.USAGEKIT_SECRET_KEY ?? '',
  identify: (request) => users[request.headers.get('Cookie') ?? ''] ?? null,
});
