import type { MemberRecord } from '../../domain/members/state.ts';
import type { Services } from '../services.ts';

/** A member who was not removed. */
export async function readPresentMember(
  { store }: Pick<Services, 'store'>,
  accountId: string,
  memberId: string,
): Promise<MemberRecord | undefined> {
  const member = await store.readMember(accountId, memberId);
  return member === undefined || isRemoved(member) ? undefined : member;
}

export function isRemoved({ removal }: MemberRecord): boolean {
  return removal !== undefined && !removal.isBack;
}
