import { paths } from '../../../contract/http/paths.ts';
import type {
  CreatedWebhookEndpoint,
  WebhookEndpoint,
  WebhookEndpointInput,
} from '../../../contract/notices/notices.ts';
import { type NoticeType, noticeTypes } from '../../../contract/notices/notices.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, everyItem, withApi } from '../open-api.ts';

/** `usagekit webhooks put`: makes an endpoint and prints its secret, or changes one. */
export const webhooksPutCommand: Command = {
  name: 'webhooks put',
  operands: 'ID URL',
  summary: 'Creates or changes a webhook endpoint; prints the secret of a new one',
  flags: {
    types: `Types of notices, separated by commas; all by default: ${noticeTypes.join(', ')}`,
    label: 'Label of the endpoint',
    ...apiFlags,
  },
  json: { prints: 'one', of: 'PUT /v1/webhook-endpoints/:endpointId' },
  async run(input) {
    const { flags, operands } = input;
    const [id = '', url = ''] = operands;
    const types = flags.types?.split(',').map(noticeType);
    const body: WebhookEndpointInput = {
      url,
      ...(types === undefined ? {} : { types }),
      ...(flags.label === undefined ? {} : { label: flags.label }),
    };
    await withApi(input, async (api) => {
      const endpoint = await api.call<CreatedWebhookEndpoint>('PUT', paths.webhookEndpoint(id), body);
      input.answer(endpoint, endpoint.secret ?? `${endpoint.id} was changed; it keeps its secret.`);
    });
    return 0;
  },
};

/** `usagekit webhooks list`: every endpoint, without its secret. */
export const webhooksListCommand: Command = {
  name: 'webhooks list',
  operands: '',
  summary: 'Lists webhook endpoints, without their secrets',
  flags: apiFlags,
  json: { prints: 'lines', of: 'GET /v1/webhook-endpoints' },
  async run(input) {
    await withApi(input, async (api) => {
      for await (const endpoint of everyItem<WebhookEndpoint>(api, paths.webhookEndpoints))
        input.answer(endpoint, lineOf(endpoint));
    });
    return 0;
  },
};

function lineOf({ id, url, types, label }: WebhookEndpoint): string {
  return [id, url, types?.join(',') ?? 'all', label].join('  ').trimEnd();
}

/** `usagekit webhooks rotate`: gives an endpoint another secret and prints it. */
export const webhooksRotateCommand: Command = {
  name: 'webhooks rotate',
  operands: 'ID',
  summary: 'Gives a webhook endpoint another secret and prints it; the one before holds for a day more',
  flags: apiFlags,
  json: { prints: 'one', of: 'POST /v1/webhook-endpoints/:endpointId/rotate-secret' },
  async run(input) {
    await withApi(input, async (api) => {
      const path = paths.rotateWebhookSecret(input.operands[0] ?? '');
      const endpoint = await api.call<CreatedWebhookEndpoint>('POST', path);
      input.answer(endpoint, endpoint.secret ?? '');
    });
    return 0;
  },
};

/** `usagekit webhooks remove`. */
export const webhooksRemoveCommand: Command = {
  name: 'webhooks remove',
  operands: 'ID',
  summary: 'Removes a webhook endpoint and the notices that wait for it',
  flags: apiFlags,
  json: { prints: 'one', of: ['id'] },
  async run(input) {
    const [id = ''] = input.operands;
    await withApi(input, async (api) => {
      await api.call('DELETE', paths.webhookEndpoint(id));
      input.answer({ id });
    });
    return 0;
  },
};

function noticeType(text: string): NoticeType {
  const found = noticeTypes.find((type) => type === text.trim());
  if (found === undefined) throw new UsageError(`--types: '${text}' is none of ${noticeTypes.join(', ')}.`);
  return found;
}
