import type { Reply } from '../../http/reply/reply.ts';
import { withBodyRead } from '../../http/request/parse-input.ts';
import type { RawCall } from '../../http/request/raw-call.ts';
import type { Route } from '../../http/route.ts';

const pages = { callers: 'anyone', description: null, answer } as const;
const page = { ...pages, path: '/v1/payments/:provider/:page/:ticket' } as const;
const place = { ...pages, path: '/v1/payments/:provider/:page' } as const;

/** The payment provider's own pages; what they carry is signed by the provider, so no credentials are asked for. */
export const paymentPage: Route = { method: 'GET', ...page };
export const paymentPageAnswer: Route = { method: 'POST', ...page };

/** Where the provider leads back to, and where its notifications come. */
export const paymentPlace: Route = { method: 'GET', ...place };
export const paymentNotification: Route = { method: 'POST', ...place };

async function answer({ services, request }: RawCall): Promise<Reply> {
  const response = await services.payments.handle(services, await withBodyRead(request));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    // A status without a body, as of a notification that was taken, allows no empty one either.
    body: response.body === null ? null : await response.text(),
  };
}
