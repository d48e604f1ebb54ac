import { paths } from '../../../contract/http/paths.ts';
import type { CreatedKey, KeyRequest } from '../../../contract/keys/keys.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, withApi } from '../open-api.ts';

/** `usagekit keys create`: makes a key and prints its secret, the only time that it is shown. */
export const keysCreateCommand: Command = {
  name: 'keys create',
  operands: '',
  summary: 'Creates a key and prints its secret',
  flags: {
    kind: "secret (the default), or extension for a member's browser extension",
    label: 'Label of the key',
    account: 'Extension keys: the account that the key may read',
    member: 'Extension keys: the member whose view the key gives',
    mode: 'Secret keys, without --server: test (the default) or live, the mode of the servers that the key is for',
    ...apiFlags,
  },
  json: { prints: 'one', of: 'POST /v1/keys' },
  async run(input) {
    const { flags } = input;
    const { kind = 'secret', label, account, member } = flags;
    if (kind !== 'secret' && kind !== 'extension')
      throw new UsageError(`--kind: '${kind}' is neither secret nor extension.`);
    if (flags.mode !== undefined && flags.server !== undefined)
      throw new UsageError('--mode: a running server makes keys of its own mode; leave --mode out.');
    const request: KeyRequest = {
      kind,
      ...(label === undefined ? {} : { label }),
      ...(account === undefined ? {} : { accountId: account }),
      ...(member === undefined ? {} : { memberId: member }),
    };
    await withApi(input, async (api) => {
      const key = await api.call<CreatedKey>('POST', paths.keys, request);
      input.answer(key, key.secret);
    });
    return 0;
  },
};
