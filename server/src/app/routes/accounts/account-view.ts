import type { Account, Member } from '../../../contract/accounts/account.ts';
import type { Profile } from '../../../domain/accounts/state.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import { formatInstant } from '../../http/instants.ts';

export function accountView(profile: Profile): Account {
  return {
    id: profile.id,
    kind: profile.kind,
    name: profile.name,
    timeZone: profile.timeZone,
    currency: profile.currency,
    planId: profile.planId,
    anchorAt: formatInstant(profile.anchorAtMs),
    testClockId: profile.testClockId,
    signUpCreditEligible: profile.signUpCreditEligible,
    moneyPreview: profile.moneyPreview,
    createdAt: formatInstant(profile.createdAtMs),
  };
}

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
