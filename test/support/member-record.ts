import type { MemberRecord } from '../../server/src/domain/members/state.ts';

/** A member `ada` of account `acme` with the role `member` and no share of anything; `over` replaces fields. */
export function memberRecord(over: Partial<MemberRecord> = {}): MemberRecord {
  const { id = 'ada' } = over;
  return {
    id,
    accountId: 'acme',
    name: id,
    role: 'member',
    permissions: [],
    seatType: null,
    allocations: {},
    createdAtMs: 0,
    ...over,
  };
}
