import { sendToBackground } from '@plasmohq/messaging';
import {
  type Envelope,
  isEnvelope,
  RpcError,
  type RpcMethod,
  type RpcMethods,
  rpcTimeoutMs,
} from '../core/rpc/rpc.ts';
import { type RpcRequest, rpcName, rpcVersion } from '../core/rpc/rpc-name.ts';
import { wordsOf } from '../words/words-of.ts';
import { readReaderFormat } from './ports/system-port.ts';

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
  if (!answer.ok) throw toRpcError(answer.error);
  return answer.value as RpcMethods[Method]['value'];
}

/** The background's own mistakes are told without their details, which are in its log. */
function toRpcError({ code, message }: Extract<Envelope<never>, { ok: false }>['error']): RpcError {
  const { timeout, internal } = wordsOf(readReaderFormat()).failure;
  return new RpcError(code, code === 'timeout' ? timeout : code === 'internal' ? internal : message);
}

async function send(body: RpcRequest): Promise<Envelope<unknown>> {
  // The library types its names from files that its build generates, which a type check without a build has not.
  const answer: unknown = await sendToBackground({ name: rpcName as never, body });
  if (!isEnvelope(answer)) throw toRpcError({ code: 'internal', message: '' });
  return answer;
}

async function withTimeout(answer: Promise<Envelope<unknown>>): Promise<Envelope<unknown>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timedOut = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(toRpcError({ code: 'timeout', message: '' })), callTimeoutMs);
  });
  try {
    return await Promise.race([answer, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
