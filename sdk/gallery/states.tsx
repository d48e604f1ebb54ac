import type { GalleryState } from './gallery-state.ts';
import { creditBalanceStates } from './states/credit-balance-states.tsx';
import { usagePanelStates } from './states/usage-panel-states.tsx';

/** Every widget in every state. */
export const states: GalleryState[] = [...creditBalanceStates, ...usagePanelStates];
