import type { GrantAnswer, GrantRequest } from '../../../contract/credits/credits.ts';
import { grantAnswer, grantRequest } from '../../../contract/credits/credits-schemas.ts';
import { formatAmount, parseAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { unknownMetric } from '../../../domain/catalog/metric-of.ts';
import { decideGrant, defaultPriority, type GrantCommand } from '../../../domain/credits/grants.ts';
import { availableOf } from '../../../domain/credits/wallet.ts';
import { DomainError } from '../../../domain/decision.ts';
import { acceptedIds } from '../../../domain/ids/accepted-ids.ts';
import { nameOfSource } from '../../../domain/stored-words/stored-names.ts';
import { execute } from '../../execute.ts';
import { parseInstant } from '../../http/instants.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { grantView } from './ledger-view.ts';

/** Grants credits to an account. */
export const createGrant = route('POST /v1/accounts/:accountId/grants', {
  words: 'Grants credits',
  callers: backendOnly,
  body: grantRequest,
  idempotency: 'required',
  answers: { 201: grantAnswer },
  audit: ({ body }) => ({
    amount: body.amount,
    source: body.source ?? 'promotional',
    reason: body.reason ?? '',
  }),
  async handle({ services, params, body: input, idempotency }) {
    const { accountId } = params;
    const executed = await execute(services, {
      accountId,
      idempotency,
      decide: (context) => decideGrant(context, commandOf(input, context.commandId, context.catalog)),
      encode: (grant, { state, catalog }) => {
        const available = formatAmount(availableOf(state.wallet, grant.unit));
        const answer: GrantAnswer = { grant: grantView(grant, catalog), available };
        return { status: 201, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
});

function commandOf(input: GrantRequest, id: string, catalog: Catalog): GrantCommand {
  const { source = 'promotional', scope = {} } = input;
  const unit = input.unit ?? catalog.unit;
  if (unit !== 'credits' && unit !== catalog.currency)
    throw new DomainError(
      'invalid_request',
      `The catalog has no prices in ${unit}`,
      '/unit',
      `credits or ${catalog.currency}`,
    );
  assertScope(scope.metrics, catalog.metrics, '/scope/metrics', (id, pointer) =>
    unknownMetric(catalog, id, pointer),
  );
  assertScope(scope.models, catalog.models, '/scope/models', unknown('unknown_model', 'model'));
  assertScope(
    scope.categories,
    catalog.categories,
    '/scope/categories',
    unknown('invalid_request', 'category'),
  );
  return {
    id,
    source,
    label: input.label ?? nameOfSource(source),
    unit,
    amount: parseAmount(input.amount),
    priority: input.priority ?? defaultPriority[source],
    scope,
    expiresAtMs: input.expiresAt === undefined ? null : parseInstant(input.expiresAt),
    ...(input.reason === undefined ? {} : { reason: input.reason }),
  };
}

/** A scope that names an unknown thing could pay for nothing, so the mistake is reported at once. */
type RefusalOf = (id: string, pointer: string, accepted: string) => DomainError;

function unknown(code: 'unknown_model' | 'invalid_request', noun: string): RefusalOf {
  return (id, pointer, accepted) =>
    new DomainError(code, `The catalog has no ${noun} '${id}'`, pointer, accepted);
}

function assertScope(
  ids: readonly string[] | undefined,
  known: ReadonlyMap<string, unknown>,
  pointer: string,
  refusalOf: RefusalOf,
): void {
  for (const [index, id] of (ids ?? []).entries())
    if (!known.has(id)) throw refusalOf(id, `${pointer}/${index}`, acceptedIds(known.keys(), 'none'));
}
