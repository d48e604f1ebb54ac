'use client';
import type { AutoTopUp, AutoTopUpInput } from '@usagekit/server/contract';
import { useCallback, useMemo, useState } from 'react';
import { readAutoTopUp, saveAutoTopUp } from '../../client/purchases/purchases.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { catchUp } from '../../provider/catch-up.ts';
import { changeAnswer } from '../../provider/change-answer.ts';
import { keyOf } from '../../provider/resource-cache.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** The settings of auto top-up, and a way to change them. */
export interface AutoTopUpResource extends Resource<AutoTopUp> {
  /** Whether a change is being saved. */
  isSaving: boolean;
  /** Why the last save failed. */
  saveError: UsageKitError | undefined;
  /** Resolves with whether it was saved; never rejects. */
  save(input: AutoTopUpInput): Promise<boolean>;
}

/** Auto top-up: its settings, how it stands, and how often and how much it bought this cycle. */
export function useAutoTopUp(options: AccountOptions = {}): AutoTopUpResource {
  const store = useSessionStore(options);
  const resource = useResource<AutoTopUp>({ ...options, name: 'autoTopUp', load });
  const [saving, setSaving] = useState<{ isSaving: boolean; error: UsageKitError | undefined }>(atRest);

  const save = useCallback(
    async (input: AutoTopUpInput) => {
      if (!store) return false;
      setSaving({ isSaving: true, error: undefined });
      try {
        const saved = await saveAutoTopUp(store.client, store.session.accountId, input);
        changeAnswer<AutoTopUp>(store.cache.kept, keyOf('autoTopUp', undefined), () => saved);
        void catchUp(store, saved);
        setSaving(atRest);
        return true;
      } catch (caught) {
        const error = caught as UsageKitError;
        if (error.code === 'total_changed') await store.refresh(new Set(['catalog']));
        setSaving({ isSaving: false, error });
        return false;
      }
    },
    [store],
  );

  return useMemo(
    () => ({ ...resource, isSaving: saving.isSaving, saveError: saving.error, save }),
    [resource, saving, save],
  );
}

const atRest = { isSaving: false, error: undefined };

const load = ({ client, session }: SessionStore) => readAutoTopUp(client, session.accountId);
