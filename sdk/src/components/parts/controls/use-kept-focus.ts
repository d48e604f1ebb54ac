'use client';
import { type RefObject, useEffect } from 'react';

/**
 * Keeps the focus in its dialog where what had it is gone: the first control within `place` takes it.
 *
 * @param moment what changes when controls may have gone
 */
export function useKeptFocus(place: RefObject<HTMLElement | null>, moment?: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when `moment` changes, and not in each render
  useEffect(() => {
    const dialog = place.current?.closest('dialog');
    // Within a shadow root the document only knows the root's host.
    const { activeElement } = (dialog?.getRootNode() ?? document) as Document | ShadowRoot;
    if (!dialog || (activeElement !== dialog && dialog.contains(activeElement))) return;
    place.current?.querySelector<HTMLElement>('button, a')?.focus();
  }, [moment]);
}
