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
  switches: { json: 'Prints one JSON object a line instead' },
  async run(input) {
    const { switches, print } = input;
    await withApi(input, async (api) => {
      for await (const key of everyItem<Key>(api, paths.keys)) {
        print(switches?.has('json') === true ? JSON.stringify(key) : describe(key));
      }
    });
    return 0;
  },
};

function describe({ id, prefix, kind, label, createdAt }: Key): string {
  return [id, prefix, kind, createdAt, label].join('  ').trimEnd();
}
