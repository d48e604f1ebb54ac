import type { Account } from '../../../contract/accounts/account.ts';
import type { Credits } from '../../../contract/credits/credits.ts';
import { paths } from '../../../contract/http/paths.ts';
import type { Usage } from '../../../contract/usage/usage.ts';
import { nameOfSource } from '../../../domain/stored-words/stored-names.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, withApi } from '../open-api.ts';

/** `usagekit account show ID`: plan, balance and meters in a few lines, or everything as JSON. */
export const accountShowCommand: Command = {
  name: 'account show',
  operands: 'ACCOUNT',
  summary: "Shows an account's plan, balance and meters",
  flags: apiFlags,
  json: { prints: 'one', of: ['account', 'credits', 'usage'] },
  async run(input) {
    const [id] = input.operands;
    if (id === undefined) throw new UsageError('usagekit account show ACCOUNT');
    await withApi(input, async (api) => {
      const account = await api.call<Account>('GET', paths.account(id));
      const credits = await api.call<Credits>('GET', paths.credits(id));
      const usage = await api.call<Usage>('GET', paths.usage(id));
      input.answer({ account, credits, usage }, ...describe(account, credits, usage));
    });
    return 0;
  },
};

function describe(account: Account, credits: Credits, usage: Usage): string[] {
  const label = usage.creditLabel.other;
  const { countedFrom } = usage.cycle;
  return [
    `${account.name} (${account.id}), ${usage.planName} plan, ${account.timeZone}`,
    `${credits.available} ${label} available, ${credits.held} held, ${credits.debt} owed, ${credits.spentThisCycle} spent this cycle`,
    ...credits.grants.map(
      (grant) =>
        `  ${grant.remaining} of ${grant.amount}  ${grant.label ?? nameOfSource(grant.source)}${grant.expiresAt === null ? '' : `, until ${grant.expiresAt}`}`,
    ),
    `Cycle from ${usage.cycle.startsAt} to ${usage.cycle.endsAt}${countedFrom === undefined ? '' : `, counted from ${countedFrom}`}`,
    ...usage.groups.flatMap(({ meters }) =>
      meters.map(
        (meter) =>
          `  ${meter.label}: ${meter.used}${meter.included === null ? '' : ` of ${meter.included}`} ${meter.unit.other} (${meter.policy})`,
      ),
    ),
  ];
}
