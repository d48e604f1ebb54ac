import type { GrantAnswer, GrantRequest } from '../../../contract/credits/credits.ts';
import { headers } from '../../../contract/http/headers.ts';
import { paths } from '../../../contract/http/paths.ts';
import { isInstant, positiveAmount } from '../../../contract/values/primitive-schemas.ts';
import { newId } from '../../server/new-id.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, withApi } from '../open-api.ts';

/** `usagekit grant ACCOUNT AMOUNT`: grants credits. */
export const grantCommand: Command = {
  name: 'grant',
  operands: 'ACCOUNT AMOUNT',
  summary: 'Grants credits to an account',
  flags: {
    reason: 'Reason, shown in the ledger',
    label: 'Name of the grant',
    'expires-at': 'When the grant expires, such as 2027-01-01T00:00:00Z; never by default',
    key: 'Idempotency key: the same command with the same key takes effect once',
    ...apiFlags,
  },
  json: { prints: 'one', of: 'POST /v1/accounts/:accountId/grants' },
  async run(input) {
    const { operands, flags } = input;
    const [accountId, amount] = operands;
    if (accountId === undefined || amount === undefined)
      throw new UsageError('usagekit grant ACCOUNT AMOUNT');
    if (!positiveAmount.safeParse(amount).success)
      throw new UsageError(`AMOUNT: '${amount}' is no amount above 0, such as 100 or 12.5.`);
    const expiresAt = flags['expires-at'];
    if (expiresAt !== undefined && !isInstant(expiresAt))
      throw new UsageError(`--expires-at: '${expiresAt}' is no instant, such as 2027-01-01T00:00:00Z.`);
    const request: GrantRequest = {
      amount,
      ...(flags.reason === undefined ? {} : { reason: flags.reason }),
      ...(flags.label === undefined ? {} : { label: flags.label }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    await withApi(input, async (api) => {
      const granted = await api.call<GrantAnswer>('POST', paths.grants(accountId), request, {
        [headers.idempotencyKey]: flags.key ?? newId(),
      });
      input.answer(
        granted,
        `Granted ${granted.grant.amount} to ${accountId}; ${granted.available} available.`,
      );
    });
    return 0;
  },
};
