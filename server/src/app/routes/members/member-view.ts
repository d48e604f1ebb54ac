import type { Member } from '../../../contract/members/members.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import { formatInstant } from '../../http/instants.ts';

export function memberView(member: MemberRecord): Member {
  return {
    id: member.id,
    accountId: member.accountId,
    name: member.name,
    role: member.role,
    permissions: [...member.permissions],
    seatType: member.seatType,
    allocations: Object.fromEntries(
      Object.entries(member.allocations).map(([metric, amount]) => [metric, formatAmount(amount)]),
    ),
    createdAt: formatInstant(member.createdAtMs),
  };
}
