'use client';
import type { DecimalString, Member, Page } from '@usagekit/server/contract';
import { useCallback, useMemo, useState } from 'react';
import { readMembers, saveAllocations } from '../../client/members/members.ts';
import { changeAnswer } from '../../provider/change-answer.ts';
import { keyOf } from '../../provider/resource-cache.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** The members, a page after the other, and a way to set their shares. */
export interface MembersResource extends PagedResource<Member> {
  /** Whether a share is being saved. */
  isSaving: boolean;
  /**
   * Sets the share of a metric for these members, or clears it with null; their shares of other metrics stay. Resolves with the
   * members for whom it was not saved; never rejects.
   */
  allocate(members: readonly Member[], metric: string, share: DecimalString | null): Promise<Member[]>;
}

const parameters = {};

/** Members of the account with their roles and allocations, for managers. */
export function useMembers(options: AccountOptions = {}): MembersResource {
  const store = useSessionStore(options);
  const pages = usePages<Member>({
    ...options,
    name: 'members',
    parameters,
    loadPage: ({ client, session }, page) => readMembers(client, session.accountId, page),
  });
  const [isSaving, setSaving] = useState(false);

  const allocate = useCallback(
    async (members: readonly Member[], metric: string, share: DecimalString | null) => {
      if (!store) return [...members];
      setSaving(true);
      const failed: Member[] = [];
      for (const member of members) {
        const { [metric]: _, ...others } = member.allocations;
        const allocations = share === null ? others : { ...others, [metric]: share };
        try {
          const saved = await saveAllocations(store.client, store.session.accountId, member.id, allocations);
          changeAnswer<Page<Member>>(store.cache.kept, keyOf('members', parameters), (page) => ({
            ...page,
            items: page.items.map((each) => (each.id === saved.id ? saved : each)),
          }));
        } catch {
          failed.push(member);
        }
      }
      setSaving(false);
      return failed;
    },
    [store],
  );
  return useMemo(() => ({ ...pages, isSaving, allocate }), [pages, isSaving, allocate]);
}
