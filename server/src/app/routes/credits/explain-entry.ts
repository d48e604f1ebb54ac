import { modelUseNames, modelUses } from '../../../contract/catalog/model-uses.ts';
import type { ExplainedLine, Explanation } from '../../../contract/credits/explain.ts';
import { explanation } from '../../../contract/credits/explain-schemas.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { GrantLeg, LedgerRecord } from '../../../domain/credits/state.ts';
import { deriveId } from '../../../domain/ids/derived-id.ts';
import { ratesOfWords } from '../../../domain/stored-words/stored-rates.ts';
import type { ChargeLine, UsageRecord } from '../../../domain/usage/state.ts';
import { balanceUnit, showsBalance } from '../../access/amounts-in-view.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { commitDueOf } from '../../accounts/commit-due.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { lineItemView } from '../gate/gate-views.ts';
import { grantNameView, ledgerEntryView } from './ledger-view.ts';

/** Why something was charged: the rate of each line, what limits counted, the grants that paid, the task. */
export const explainEntry = route('GET /v1/accounts/:accountId/explain/:entryId', {
  words: 'Why something was charged: rates, counts, grants, task',
  callers: readers,
  answers: { 200: explanation },
  async handle({ services, params, caller }) {
    const { accountId, entryId } = params;
    const reading = await readAccount(services, accountId, caller);
    const { viewer, catalog, due } = reading;
    assertMaySee(viewer.view.traces && showsBalance(viewer, catalog.unit));
    if (due.entries.length > 0) await commitDueOf(services, accountId);
    const entry = await services.store.readEntry(accountId, entryId);
    const usage = await usageOf(services, accountId, entry?.usageId ?? entryId);
    const isForeign =
      viewer.view.usageOf === 'own' && usage !== undefined && usage.dimensions.memberId !== viewer.memberId;
    if ((entry === undefined && usage === undefined) || isForeign)
      throw new AppError('not_found', `There is no entry or use '${entryId}' in this account`);
    const own = entry ?? (usage && (await entryOf(services, usage)));
    return jsonReply(await explain(services, reading, own, usage));
  },
});

/** The figures of a line's rate. */
function ratesOf({ rate }: ChargeLine): Pick<ExplainedLine, 'rates'> {
  const rates = ratesOfWords(rate);
  return rates === undefined ? {} : { rates };
}

/** The use of a request, kind by kind, where its record says so. */
function usesOf({ stated }: ChargeLine): Pick<ExplainedLine, 'uses'> {
  if (stated === undefined) return {};
  const uses = modelUseNames.flatMap((name) => {
    const used = stated[modelUses[name].field];
    return used === undefined || Number(used) === 0 ? [] : { name, quantity: String(used) };
  });
  return uses.length === 0 ? {} : { uses };
}

/** The use with this id, or that of the event with it. */
async function usageOf(services: Services, accountId: string, id: string): Promise<UsageRecord | undefined> {
  const { store } = services;
  return (await store.readUsage(accountId, id)) ?? (await store.readUsage(accountId, deriveId(id, 'event')));
}

/** The amounts that grants paid for a use; if no grant paid, the amount owed for it. */
async function entryOf(
  { store }: Services,
  { accountId, id }: UsageRecord,
): Promise<LedgerRecord | undefined> {
  return (
    (await store.readEntry(accountId, deriveId(id, 'debit'))) ??
    (await store.readEntry(accountId, deriveId(id, 'owed')))
  );
}

async function explain(
  services: Services,
  { state, catalog, viewer }: AccountReading,
  entry: LedgerRecord | undefined,
  usage: UsageRecord | undefined,
): Promise<Explanation> {
  const taskId = entry?.taskId ?? usage?.dimensions.taskId ?? null;
  const task = taskId === null ? undefined : await services.store.readTask(state.profile.id, taskId);
  // An entry that gives back names its use, and is about what came back.
  const isRefund = entry?.kind === 'refund';
  const legs: readonly GrantLeg[] = (isRefund ? undefined : usage?.grantsUsed) ?? entry?.legs ?? [];
  const reversal =
    usage === undefined
      ? undefined
      : await services.store.readUsage(state.profile.id, deriveId(usage.id, 'void'));
  return {
    entry: entry === undefined ? null : ledgerEntryView(entry, { catalog, viewer, usage }),
    usage:
      usage === undefined
        ? null
        : {
            id: usage.id,
            at: formatInstant(usage.atMs),
            charge: formatAmount(usage.charge),
            unit: usage.unit,
            lines: usage.lines.map((line) => ({
              ...lineItemView(line, catalog, viewer.modelNames),
              rate: line.rate,
              ...ratesOf(line),
              ...usesOf(line),
            })),
            counts: usage.counts.map(({ metric, quantity }) => ({
              metric,
              label: catalog.metrics.get(metric)?.label ?? metric,
              quantity: formatAmount(quantity),
            })),
          },
    grants: legs.map(({ grantId, amount }) => {
      const live = state.wallet.grants.find((grant) => grant.id === grantId);
      return {
        grantId,
        ...(live === undefined ? { label: null } : grantNameView(live, catalog)),
        source: live?.source ?? null,
        amount: formatAmount(amount),
      };
    }),
    creditLabel: balanceUnit(catalog),
    task: task === undefined ? null : { id: task.id, name: task.name },
    ...(reversal?.takesBack && {
      takenBack: { at: formatInstant(reversal.recordedAtMs), reason: reversal.takesBack.reason },
    }),
  };
}
