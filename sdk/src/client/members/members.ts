import type { DecimalString, Member, Page, PageQuery } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';
import { sendChange } from '../send-change.ts';

// Separate from the client, so that pages that only show figures do not load the code for allocations.

/** Members by id, for managers of the account. */
export function readMembers(
  client: UsageKitClient,
  accountId: string,
  page: PageQuery = {},
): Promise<Page<Member>> {
  return client.request({ path: paths.members(accountId), query: page });
}

/** Replaces all allocations of a member: a metric that is left out has none. */
export function saveAllocations(
  client: UsageKitClient,
  accountId: string,
  memberId: string,
  allocations: Record<string, DecimalString>,
): Promise<Member> {
  return sendChange(client, {
    method: 'PUT',
    path: paths.member(accountId, memberId),
    body: { allocations },
  });
}
