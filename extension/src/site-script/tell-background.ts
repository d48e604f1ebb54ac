import { type RpcRequest, rpcName, rpcVersion } from '../core/rpc/rpc-name.ts';

/** Says something for which no answer is needed; where it fails, the page must not notice. */
export function tellBackground(method: 'openBilling' | 'snooze' | 'hint' | 'putChipAway'): void {
  const body: RpcRequest = { v: rpcVersion, id: crypto.randomUUID(), method, params: null };
  chrome.runtime.sendMessage({ name: rpcName, body }).catch(() => undefined);
}
