import type { ExtensionState } from '../core/rpc/rpc.ts';

/** Where the background publishes what pages may see. */
export const stateKey = 'state';

/** Where a page's first script leaves the state for its second. */
const globalKey = 'usagekitFirstState';

const page = globalThis as { [globalKey]?: ExtensionState };

export function leaveFirstState(state: ExtensionState): void {
  page[globalKey] = state;
}

/** The state that was painted first, so that the page goes on from it; undefined where nothing was. */
export function takeFirstState(): ExtensionState | undefined {
  const state = page[globalKey];
  delete page[globalKey];
  return state;
}
