import {
  createdWebhookEndpoint,
  webhookEndpoint,
  webhookEndpointInput,
  webhookEndpointPage,
} from '../../../contract/notices/notices-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { rotatedSecretMs } from '../../../domain/notices/deliveries.ts';
import type { WebhookEndpointRecord } from '../../../store/installation-records.ts';
import { invalidParameter } from '../../http/reply/problem.ts';
import { emptyReply, jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';
import { createdEndpointView, endpointView, newWebhookSecret, readEndpoint } from './endpoint-view.ts';

/** Makes an endpoint, or changes where it is and what it is given. Its secret is in the answer that makes it and nowhere else. */
export const putWebhookEndpoint = route('PUT /v1/webhook-endpoints/:endpointId', {
  words: 'Makes a webhook endpoint, whose secret only this answer contains, or changes one',
  callers: backendOnly,
  body: webhookEndpointInput,
  answers: { 200: createdWebhookEndpoint, 201: createdWebhookEndpoint },
  audit: ({ body }) => ({ url: body.url }),
  async handle({ services, params: { endpointId }, body, requestId }) {
    const { store, clock, notices, log } = services;
    const refused = notices.transport?.refuses(body.url) ?? null;
    if (refused !== null) throw invalidParameter('/url', refused, 'an address that webhooks may go to');
    const before = await store.readWebhookEndpoint(endpointId);
    const endpoint: WebhookEndpointRecord = {
      id: endpointId,
      url: body.url,
      types: body.types ?? null,
      label: body.label ?? '',
      secrets: before?.secrets ?? [{ secret: newWebhookSecret(), endsAtMs: null }],
      createdAtMs: before?.createdAtMs ?? clock.systemMs,
    };
    await store.putWebhookEndpoint(endpoint);
    log.info({ endpointId, requestId }, 'A webhook endpoint was put');
    return before === undefined
      ? jsonReply(createdEndpointView(endpoint), 201)
      : jsonReply(endpointView(endpoint));
  },
});

export const listWebhookEndpoints = route('GET /v1/webhook-endpoints', {
  words: 'Webhook endpoints, without their secrets',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: webhookEndpointPage },
  handle: async ({ services, query }) =>
    jsonReply(pageView(await services.store.listWebhookEndpoints(pageRequest(query)), endpointView)),
});

export const getWebhookEndpoint = route('GET /v1/webhook-endpoints/:endpointId', {
  words: 'One webhook endpoint, without its secret',
  callers: backendOnly,
  answers: { 200: webhookEndpoint },
  handle: async ({ services, params }) =>
    jsonReply(endpointView(await readEndpoint(services, params.endpointId))),
});

/** Notices that wait for it are dropped. */
export const deleteWebhookEndpoint = route('DELETE /v1/webhook-endpoints/:endpointId', {
  words: 'Removes a webhook endpoint and the notices that wait for it',
  callers: backendOnly,
  answers: { 204: null },
  audit: () => ({}),
  async handle({ services, params: { endpointId }, requestId }) {
    await readEndpoint(services, endpointId);
    await services.store.deleteWebhookEndpoint(endpointId);
    services.log.info({ endpointId, requestId }, 'A webhook endpoint was removed');
    return emptyReply;
  },
});

/** The previous secret signs too for a day, so that the receiver has time to change over. */
export const rotateWebhookSecret = route('POST /v1/webhook-endpoints/:endpointId/rotate-secret', {
  words: "Rotates a webhook endpoint's secret; the previous one signs too for a day",
  callers: backendOnly,
  answers: { 200: createdWebhookEndpoint },
  audit: () => ({}),
  async handle({ services, params: { endpointId }, requestId }) {
    const { store, clock, log } = services;
    const before = await readEndpoint(services, endpointId);
    const endsAtMs = clock.systemMs + rotatedSecretMs;
    const rotated: WebhookEndpointRecord = {
      ...before,
      secrets: [
        { secret: newWebhookSecret(), endsAtMs: null },
        ...before.secrets
          .filter((each) => each.endsAtMs === null)
          .map(({ secret }) => ({ secret, endsAtMs })),
      ],
    };
    await store.putWebhookEndpoint(rotated);
    log.info({ endpointId, requestId }, 'The secret of a webhook endpoint was rotated');
    return jsonReply(createdEndpointView(rotated));
  },
});
