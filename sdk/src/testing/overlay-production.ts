import type { UsageKitOverlayProps } from './overlay.tsx';

export type { UsageKitOverlayProps } from './overlay.tsx';

/** Replaces the overlay in production builds: it renders nothing. */
export function UsageKitOverlay(_: UsageKitOverlayProps): null {
  return null;
}
