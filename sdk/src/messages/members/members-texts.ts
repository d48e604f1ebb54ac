import type { memberAllocationsMessages } from './member-allocations.ts';
import type { spentByMemberMessages } from './spent-by-member.ts';

/** The texts of the room, by component. */
export interface MembersTexts {
  spentByMember: typeof spentByMemberMessages;
  memberAllocations: typeof memberAllocationsMessages;
}
