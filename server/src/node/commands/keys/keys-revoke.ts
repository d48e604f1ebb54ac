import { paths } from '../../../contract/http/paths.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, withApi } from '../open-api.ts';

/** `usagekit keys revoke KEY`: refuses a key from now on, and ends what it has open. */
export const keysRevokeCommand: Command = {
  name: 'keys revoke',
  operands: 'KEY',
  summary: 'Revokes a key by its id, at once',
  flags: apiFlags,
  json: { prints: 'one', of: ['id'] },
  async run(input) {
    const [id] = input.operands;
    if (id === undefined) throw new UsageError('usagekit keys revoke KEY');
    await withApi(input, async (api) => {
      await api.call('DELETE', paths.key(id));
      input.answer({ id }, `Revoked ${id}.`);
    });
    return 0;
  },
};
