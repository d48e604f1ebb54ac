import { paths } from '../../../contract/http/paths.ts';
import type { CreatedKey } from '../../../contract/keys/keys.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, withApi } from '../open-api.ts';

/** `usagekit keys rotate KEY`: a secret key in the place of another; `tokens` for what tokens are signed with. */
export const keysRotateCommand: Command = {
  name: 'keys rotate',
  operands: 'KEY',
  summary: "Replaces a secret key by a new one and prints it; 'tokens' ends every token instead",
  flags: { grace: 'Seconds for which the old key stays valid; a day by default', ...apiFlags },
  json: {
    prints: 'one',
    of: 'POST /v1/keys/:keyId/rotate',
    otherwise: "with 'tokens' only its id",
  },
  async run(input) {
    const [id] = input.operands;
    if (id === undefined) throw new UsageError('usagekit keys rotate KEY');
    const { grace } = input.flags;
    if (grace !== undefined && !/^\d{1,7}$/.test(grace))
      throw new UsageError(`--grace: '${grace}' is no number of seconds.`);
    await withApi(input, async (api) => {
      if (id === 'tokens') {
        await api.call('POST', paths.tokenSecretRotation);
        input.answer({ id }, 'Every token has ended; pages get new ones from your backend.');
      } else {
        const body = grace === undefined ? {} : { graceSeconds: Number(grace) };
        const key = await api.call<CreatedKey>('POST', paths.keyRotation(id), body);
        input.answer(key, key.secret);
      }
    });
    return 0;
  },
};
