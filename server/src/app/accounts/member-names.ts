import type { Services } from '../services.ts';

/** Names of members by id. */
export type MemberNames = ReadonlyMap<string, string>;

/** The names of the members that a page names; of those who are not on record there is none. */
export async function readMemberNames(
  { store }: Pick<Services, 'store'>,
  accountId: string,
  memberIds: Iterable<string | null | undefined>,
): Promise<MemberNames> {
  const ids = [...new Set(memberIds)].filter((id) => typeof id === 'string');
  const members = await Promise.all(ids.map((id) => store.readMember(accountId, id)));
  return new Map(members.flatMap((member) => (member === undefined ? [] : [[member.id, member.name]])));
}

/** The field of a view that names a member; empty where there is no name. */
export function memberNameOf(
  memberId: string | null | undefined,
  names: MemberNames | undefined,
): { memberName?: string } {
  const name = typeof memberId === 'string' ? names?.get(memberId) : undefined;
  return name === undefined ? {} : { memberName: name };
}
