import type { Account } from '../../../contract/accounts/account.ts';
import type { CatalogVersion } from '../../../contract/catalog/catalog-view.ts';
import { paths } from '../../../contract/http/paths.ts';
import type { SubscriptionChangeAnswer } from '../../../contract/subscription/subscription.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFailure, linesOf } from '../failure.ts';
import { ApiError, apiFlags, everyItem, withApi } from '../open-api.ts';

/** `usagekit catalog versions`: every version of the catalog, newest first. */
export const catalogVersionsCommand: Command = {
  name: 'catalog versions',
  operands: '',
  summary: 'Lists the versions of the catalog, newest first',
  flags: apiFlags,
  json: { prints: 'lines', of: 'GET /v1/catalog/versions' },
  async run(input) {
    await withApi(input, async (api) => {
      for await (const version of everyItem<CatalogVersion>(api, paths.catalogVersions, 50))
        input.answer(
          version,
          `${version.version}  ${version.createdAt}${version.isLatest ? '  latest' : ''}`,
        );
    });
    return 0;
  },
};

/** `usagekit catalog restore VERSION`: the way back to an earlier version. */
export const catalogRestoreCommand: Command = {
  name: 'catalog restore',
  operands: 'VERSION',
  summary: 'Puts an earlier version again, as the latest one',
  flags: apiFlags,
  json: { prints: 'one', of: 'POST /v1/catalog/versions/:version/restore' },
  async run(input) {
    const [version] = input.operands;
    if (version === undefined) throw new UsageError('usagekit catalog restore VERSION');
    if (!/^\d+$/.test(version))
      throw new UsageError(
        `VERSION: '${version}' is no number; usagekit catalog versions lists the versions.`,
      );
    await withApi(input, async (api) => {
      const restored = await api.call<CatalogVersion>('POST', paths.restoreCatalog(version));
      input.answer(
        restored,
        `Version ${restored.version} is the latest and says what version ${version} said.`,
      );
    });
    return 0;
  },
};

/** `usagekit catalog move`: moves the subscriptions selected by a rule to their plan's terms in the latest catalog. */
export const catalogMoveCommand: Command = {
  name: 'catalog move',
  operands: '',
  summary: "Moves subscriptions to their plan's terms in the latest catalog",
  flags: {
    plan: 'only those on this plan',
    'made-before': 'only accounts that were made before this instant',
    when: 'now, or boundary (the default): with the end of the period',
    ...apiFlags,
  },
  switches: { 'keep-price': 'keeps the price of the plan', 'dry-run': 'only tells which' },
  json: { prints: 'lines', of: ['accountId', 'outcome', 'failure'] },
  async run(input) {
    const { flags, switches, answer, tell } = input;
    const { plan, when = 'boundary' } = flags;
    const madeBefore = flags['made-before'];
    if (when !== 'now' && when !== 'boundary')
      throw new UsageError(`--when: '${when}' is neither now nor boundary.`);
    if (madeBefore !== undefined && Number.isNaN(Date.parse(madeBefore)))
      throw new UsageError(`--made-before: '${madeBefore}' is no instant, such as 2027-01-01T00:00:00Z.`);
    const body = { when, keepPrice: switches?.has('keep-price') === true };
    const counts = { moved: 0, stayed: 0, refused: 0 };
    await withApi(input, async (api) => {
      for await (const { id, planId, createdAt } of everyItem<Account>(api, paths.accounts)) {
        if (plan !== undefined && planId !== plan) continue;
        if (madeBefore !== undefined && Date.parse(createdAt) >= Date.parse(madeBefore)) continue;
        if (switches?.has('dry-run') !== true)
          try {
            const headers = { 'idempotency-key': `catalog-move-${crypto.randomUUID()}` };
            await api.call<SubscriptionChangeAnswer>('POST', paths.subscriptionMove(id), body, headers);
          } catch (error) {
            if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) throw error;
            // It is on the latest version, or was cancelled.
            const outcome = error.status === 409 ? 'stayed' : 'refused';
            const failure = apiFailure(error);
            counts[outcome] += 1;
            tell(`${id}: ${linesOf(failure)}`);
            answer({ accountId: id, outcome, failure });
            continue;
          }
        counts.moved += 1;
        answer({ accountId: id, outcome: 'moved', failure: null }, id);
      }
    });
    const stayed = counts.stayed === 0 ? '' : `; ${counts.stayed} stay where they are`;
    const refused = counts.refused === 0 ? '' : `; ${counts.refused} could not be moved`;
    tell(
      `${counts.moved} subscriptions ${switches?.has('dry-run') === true ? 'would move' : 'are moved'}${stayed}${refused}.`,
    );
    return counts.refused === 0 ? 0 : 1;
  },
};
