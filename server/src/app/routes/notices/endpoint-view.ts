import type { CreatedWebhookEndpoint, WebhookEndpoint } from '../../../contract/notices/notices.ts';
import type { WebhookEndpointRecord } from '../../../store/installation-records.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import type { Services } from '../../services.ts';

export function endpointView({ id, url, types, label, createdAtMs }: WebhookEndpointRecord): WebhookEndpoint {
  return {
    id,
    url,
    types: types === null ? null : [...types],
    label,
    createdAt: formatInstant(createdAtMs),
  };
}

/** With its present secret, which is shown where it was made just now. */
export function createdEndpointView(endpoint: WebhookEndpointRecord): CreatedWebhookEndpoint {
  const secret = endpoint.secrets.find(({ endsAtMs }) => endsAtMs === null)?.secret;
  return { ...endpointView(endpoint), ...(secret === undefined ? {} : { secret }) };
}

/** @throws AppError `not_found`. */
export async function readEndpoint(
  { store }: Pick<Services, 'store'>,
  endpointId: string,
): Promise<WebhookEndpointRecord> {
  const endpoint = await store.readWebhookEndpoint(endpointId);
  if (endpoint === undefined) throw new AppError('not_found', `There is no webhook endpoint '${endpointId}'`);
  return endpoint;
}

/** 192 random bits in the form of Standard Webhooks. */
export function newWebhookSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))}`;
}
