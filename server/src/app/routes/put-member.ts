import type { MemberInput } from '../../contract/account.ts';
import { paths } from '../../contract/paths.ts';
import { memberInput } from '../../contract/schemas/account.ts';
import { parseAmount } from '../../domain/amounts.ts';
import type { Catalog } from '../../domain/catalog-types.ts';
import { DomainError } from '../../domain/decision.ts';
import type { AccountState, MemberRecord } from '../../domain/state.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import type { Caller } from '../callers/caller.ts';
import { accountNotFound } from '../execute.ts';
import { parseBody } from '../parse-input.ts';
import { pathId, pathPattern } from '../path-pattern.ts';
import { AppError } from '../problem.ts';
import { jsonReply } from '../reply.ts';
import type { CallerRoute } from '../route.ts';
import type { Services } from '../services.ts';
import { memberView } from '../views/account-view.ts';

/** Makes a member or changes one. A member who manages the account may set allocations and nothing else. */
export const putMember: CallerRoute = {
  method: 'PUT',
  path: pathPattern(paths.member(':accountId', ':memberId')),
  callers: ['secret_key', 'member'],
  async handle({ services, request, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const memberId = pathId(params, 'memberId');
    const input = await parseBody(request, memberInput);
    const { catalog } = await assertMayPut(services, { accountId, memberId, input, caller });
    const { member, isNew } = await services.commit.submit({
      needs: { accountIds: [accountId], members: [{ accountId, id: memberId }] },
      priority: 'gate',
      rows: 2,
      decide: (loaded) => {
        const account = loaded.account(accountId);
        if (account === undefined) throw accountNotFound(accountId);
        const present = loaded.member(accountId, memberId);
        const record = withInput(present, input, {
          account,
          memberId,
          catalog,
          nowMs: services.clock.systemMs,
        });
        // The account's version moves on, by which other processes and streams notice that a role changed.
        const accounts = [{ ...account, version: account.version + 1 }];
        return {
          writes: { members: [record], accounts },
          result: { member: record, isNew: present === undefined },
        };
      },
    });
    return jsonReply(memberView(member), isNew ? 201 : 200);
  },
};

async function assertMayPut(
  services: Services,
  {
    accountId,
    memberId,
    input,
    caller,
  }: { accountId: string; memberId: string; input: MemberInput; caller: Caller },
) {
  const reading = await readAccount(services, accountId, caller);
  if (caller.kind === 'secret_key') return reading;
  assertMaySee(reading.viewer.view.manage);
  const { allocations: _, ...others } = input;
  if (Object.keys(others).length > 0)
    throw new AppError(
      'forbidden',
      "Members set allocations here; name, role and permissions are the backend's",
    );
  if ((await services.store.readMember(accountId, memberId)) === undefined)
    throw new AppError('member_not_found', `There is no member '${memberId}' in this account`);
  return reading;
}

function withInput(
  present: MemberRecord | undefined,
  input: MemberInput,
  {
    account,
    memberId,
    catalog,
    nowMs,
  }: { account: AccountState; memberId: string; catalog: Catalog; nowMs: number },
): MemberRecord {
  return {
    id: memberId,
    accountId: account.profile.id,
    name: input.name ?? present?.name ?? memberId,
    role: input.role ?? present?.role ?? 'member',
    permissions:
      input.permissions === undefined ? (present?.permissions ?? []) : [...new Set(input.permissions)],
    allocations:
      input.allocations === undefined
        ? (present?.allocations ?? {})
        : parseAllocations(input.allocations, catalog),
    createdAtMs: present?.createdAtMs ?? nowMs,
  };
}

/** @throws DomainError `unknown_metric`, and `invalid_request` for a gauge, which is nobody's share. */
function parseAllocations(
  allocations: Readonly<Record<string, string>>,
  catalog: Catalog,
): Record<string, bigint> {
  const amounts: Record<string, bigint> = {};
  for (const [metric, amount] of Object.entries(allocations)) {
    const known = catalog.metrics.get(metric);
    const pointer = `/allocations/${metric}`;
    if (known === undefined)
      throw new DomainError(
        'unknown_metric',
        `The catalog has no metric '${metric}'`,
        pointer,
        [...catalog.metrics.keys()].join(', '),
      );
    if (known.kind === 'gauge')
      throw new DomainError(
        'invalid_request',
        `'${metric}' is a gauge, of which nobody has a share`,
        pointer,
        'a counter',
      );
    amounts[metric] = parseAmount(amount);
  }
  return amounts;
}
