import { paths } from '../../../contract/http/paths.ts';
import type { Key } from '../../../contract/keys/keys.ts';
import type { Command } from '../command.ts';
import { apiFlags, everyItem, withApi } from '../open-api.ts';

/** `usagekit keys list`: every key that was made, without its secret. */
export const keysListCommand: Command = {
  name: 'keys list',
  operands: '',
  summary: 'Lists keys, without their secrets',
  flags: apiFlags,
  json: { prints: 'lines', of: 'GET /v1/keys' },
  async run(input) {
    await withApi(input, async (api) => {
      for await (const key of everyItem<Key>(api, paths.keys)) input.answer(key, describe(key));
    });
    return 0;
  },
};

function describe({ id, prefix, kind, label, createdAt }: Key): string {
  return [id, prefix, kind, createdAt, label].join('  ').trimEnd();
}
