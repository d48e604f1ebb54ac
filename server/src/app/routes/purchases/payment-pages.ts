import { paths } from '../../../contract/paths.ts';
import { pathPattern } from '../../http/path-pattern.ts';
import type { Reply } from '../../http/reply.ts';
import type { OpenCall, Route } from '../../http/route.ts';

const path = pathPattern(paths.paymentPage(':provider', ':page', ':ticket'));

/** The payment provider's own pages; what they carry is signed by the provider, so no credentials are asked for. */
export const paymentPage: Route = { method: 'GET', path, callers: 'anyone', handle };
export const paymentPageAnswer: Route = { method: 'POST', path, callers: 'anyone', handle };

async function handle({ services, request }: OpenCall): Promise<Reply> {
  const response = await services.payments.handle(services, request);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
