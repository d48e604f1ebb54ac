import { existingChoice } from '../../../contract/accounts/account-schemas.ts';
import type { MemberInput } from '../../../contract/members/members.ts';
import { member, memberInput } from '../../../contract/members/members-schemas.ts';
import type { Micros } from '../../../domain/amounts/amounts.ts';
import type { DecisionContext } from '../../../domain/decision.ts';
import { noFacts } from '../../../domain/facts.ts';
import { decidePutMember, type MemberPut, newlyAllocated } from '../../../domain/members/members.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import { countedFromMs } from '../../../domain/usage/cycles.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { isRemoved, readPresentMember } from '../../accounts/present-member.ts';
import type { Caller } from '../../callers/caller.ts';
import { executeNew } from '../../execute.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { readUsedThisCycle } from '../../usage/usage-reader.ts';
import { memberView } from './member-view.ts';

/** Makes a member or changes one. A member who manages the account may set allocations and nothing else. */
export const putMember = route('PUT /v1/accounts/:accountId/members/:memberId', {
  words:
    'Makes or changes a member; `existing=keep` changes nothing where it exists; managers of the account set allocations',
  callers: ['secret_key', 'member'],
  query: existingChoice,
  body: memberInput,
  answers: { 200: member, 201: member },
  async handle({ services, params, query, body: input, caller }) {
    const { accountId, memberId } = params;
    for (let readings = 1; ; readings++) {
      const reading = await readAccount(services, accountId, caller);
      const present = await readPresentMember(services, accountId, memberId);
      assertMayPut(reading, present, { memberId, input, caller });
      if (query.existing === 'keep' && present !== undefined) return jsonReply(memberView(present));
      const used = await readUsedBy(services, reading, memberId, newlyAllocated(present, input));
      const put = await putUnlessUsed(services, reading, {
        memberId,
        input,
        used,
        last: readings === readingsMax,
      });
      if (put !== 'used_meanwhile') return jsonReply(memberView(put.member), put.isNew ? 201 : 200);
    }
  },
});

/** How often what a member has used is read, where it is used on between reading and deciding. */
const readingsMax = 5;

function assertMayPut(
  { viewer, state }: AccountReading,
  present: MemberRecord | undefined,
  { memberId, input, caller }: { memberId: string; input: MemberInput; caller: Caller },
): void {
  if (caller.kind === 'secret_key') return;
  assertMaySee(viewer.view.manage);
  const { allocations: _, ...others } = input;
  if (Object.keys(others).length > 0)
    throw new AppError(
      'forbidden',
      'Members may set only allocations; name, role and permissions belong to the backend',
    );
  if (present === undefined)
    throw new AppError(
      'member_not_found',
      `There is no member '${memberId}' in account '${state.profile.id}'`,
    );
}

interface ReadPut {
  readonly memberId: string;
  readonly input: MemberInput;
  /** The member's use this cycle as read, by newly allocated metric. */
  readonly used: Readonly<Record<string, Micros>>;
  /** Accepts the read figures even if the metric has been used since; the use of those milliseconds is missed. */
  readonly last: boolean;
}

/** Puts the member, unless a newly allocated metric was used after it was read what the member has used of it. */
async function putUnlessUsed(
  services: Services,
  reading: AccountReading,
  { memberId, input, used, last }: ReadPut,
): Promise<MemberPut | 'used_meanwhile'> {
  const accountId = reading.state.profile.id;
  const { outcome } = await executeNew<MemberPut | 'used_meanwhile'>(services, {
    accountId,
    needs: { members: [{ accountId, id: memberId }] },
    decide(context, loaded) {
      const present = loaded.member(accountId, memberId);
      const shared = present !== undefined && isRemoved(present) ? undefined : present;
      if (!last && !holdsIn(context, reading, newlyAllocated(shared, input), used))
        return { outcome: 'used_meanwhile', state: context.state, facts: noFacts };
      return decidePutMember(context, { present, id: memberId, input, usedThisCycle: used });
    },
    alsoWrite: (put) => (put === 'used_meanwhile' ? {} : { members: [put.member] }),
  });
  return outcome;
}

async function readUsedBy(
  services: Services,
  reading: AccountReading,
  memberId: string,
  metrics: readonly string[],
): Promise<Record<string, Micros>> {
  const used: Record<string, Micros> = {};
  for (const metric of metrics)
    used[metric] = (await readUsedThisCycle(services, reading, metric, 'member')).get(memberId) ?? 0n;
  return used;
}

/** Whether the read figures still hold: each metric was read in this cycle, and nobody has used it since. */
function holdsIn(
  { state }: DecisionContext,
  { state: before }: AccountReading,
  metrics: readonly string[],
  used: ReadPut['used'],
): boolean {
  return metrics.every(
    (metric) =>
      used[metric] !== undefined &&
      countedFromMs(state) === countedFromMs(before) &&
      state.usage.counters[metric] === before.usage.counters[metric],
  );
}
