import type { UsageKitClient } from '@usagekit/server/client';
import type { DemoMember } from '../workspace.ts';
import type { DemoClock } from './demo-clock.ts';

/** A product with its one customer, on a UsageKit server of its own. */
export interface Product {
  name: string;
  account: { readonly id: string; readonly name: string; readonly timeZone: string };
  members: readonly DemoMember[];
  usage: UsageKitClient;
  /** Where this backend reaches the server. */
  serverUrl: string;
  /** Where browsers reach it: its own address, or a path of this backend's. */
  usageKitUrl: string;
  clock: DemoClock;
}

/** The demo's switch sends which product is looked at in this header. A real product is only itself. */
export const productHeader = 'Demo-Product';
