import type { RpcMethod } from './rpc.ts';

/** The extension's only message; its body names the method. */
export const rpcName = 'rpc';
/** Grows when a body changes its meaning, so that an old content script is told so after an update. */
export const rpcVersion = 1;

export interface RpcRequest {
  v: typeof rpcVersion;
  id: string;
  method: RpcMethod;
  params: unknown;
}
