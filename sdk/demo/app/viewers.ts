import { useState } from 'react';

/** Whom the demo can be looked at as; a real product has a sign-in instead. */
export const viewers = [
  { id: 'owner', label: 'Owner' },
  { id: 'member', label: 'Member' },
  { id: 'visitor', label: 'Visitor' },
] as const;

export type ViewerId = (typeof viewers)[number]['id'];

const storageKey = 'fieldnote-viewer';

/** The chosen viewer, kept by tab, so that two tabs can be two people. */
export function useViewerId() {
  const [viewerId, setViewerId] = useState<ViewerId>(() => {
    const kept = sessionStorage.getItem(storageKey);
    return viewers.find(({ id }) => id === kept)?.id ?? 'owner';
  });
  function choose(id: ViewerId) {
    sessionStorage.setItem(storageKey, id);
    setViewerId(id);
  }
  return [viewerId, choose] as const;
}
