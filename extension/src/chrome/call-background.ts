import { sendToBackground } from '@plasmohq/messaging';
import {
  type Envelope,
  isEnvelope,
  RpcError,
  type RpcMethod,
  type RpcMethods,
  rpcTimeoutMs,
} from '../core/rpc.ts';
import { type RpcRequest, rpcName, rpcVersion } from '../core/rpc-name.ts';

/** Longer than the background's own limit, so that its answer is heard where there is one. */
const callTimeoutMs = rpcTimeoutMs + 2000;

/**
 * Asks the background, from an extension page or a content script. It always settles.
 * @throws RpcError with the background's code, or `timeout` where no answer came.
 */
export async function callBackground<Method extends RpcMethod>(
  method: Method,
  params: RpcMethods[Method]['params'],
): Promise<RpcMethods[Method]['value']> {
  const body: RpcRequest = { v: rpcVersion, id: crypto.randomUUID(), method, params };
  const answer = await withTimeout(send(body));
  if (!answer.ok) throw new RpcError(answer.error.code, answer.error.message);
  return answer.value as RpcMethods[Method]['value'];
}

async function send(body: RpcRequest): Promise<Envelope<unknown>> {
  // The library types its names from files that its build generates, which a type check without a build has not.
  const answer: unknown = await sendToBackground({ name: rpcName as never, body });
  if (!isEnvelope(answer)) throw new RpcError('internal', 'UsageKit gave no answer.');
  return answer;
}

async function withTimeout(answer: Promise<Envelope<unknown>>): Promise<Envelope<unknown>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timedOut = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new RpcError('timeout', 'UsageKit took too long to answer.')),
      callTimeoutMs,
    );
  });
  try {
    return await Promise.race([answer, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
