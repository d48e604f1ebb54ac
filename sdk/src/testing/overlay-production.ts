import type { UsageKitOverlayProps } from './overlay.tsx';

export type { UsageKitOverlayProps } from './overlay.tsx';

/** What a production build gets in the overlay's place: nothing. */
export function UsageKitOverlay(_: UsageKitOverlayProps): null {
  return null;
}
