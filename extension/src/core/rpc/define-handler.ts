import {
  type Envelope,
  parseRpcRequest,
  RpcError,
  type RpcHandler,
  type RpcHandlers,
  type RpcMethod,
  type Sender,
} from './rpc.ts';

/** Waits, as `setTimeout` does, and can be told to stop waiting. */
export type Wait = (delayMs: number, run: () => void) => () => void;

export interface HandlerOptions {
  handlers: RpcHandlers;
  timeoutMs: number;
  wait: Wait;
  /** Told of every failure that is a mistake of ours, with its cause. */
  onInternalError(error: unknown): void;
}

/**
 * Makes the one function that answers every message: it validates, checks who may call, catches, times out, and
 * always gives an envelope. It never rejects and never stays silent; the caller would wait for ever.
 * @returns the answerer; `sender` is null for one who may call nothing.
 */
export function defineHandler({ handlers, timeoutMs, wait, onInternalError }: HandlerOptions) {
  return async function answer(body: unknown, sender: Sender | null): Promise<Envelope<unknown>> {
    let cancelWait: () => void = () => undefined;
    try {
      const timedOut = new Promise<never>((_resolve, reject) => {
        cancelWait = wait(timeoutMs, () =>
          reject(new RpcError('timeout', 'UsageKit took too long to answer.')),
        );
      });
      const value = await Promise.race([callMethod(handlers, body, sender), timedOut]);
      return { ok: true, value: value ?? null };
    } catch (error) {
      return toFailure(error, onInternalError);
    } finally {
      cancelWait();
    }
  };
}

async function callMethod(handlers: RpcHandlers, body: unknown, sender: Sender | null): Promise<unknown> {
  const { method, params } = parseRpcRequest(body);
  if (!isMethod(handlers, method)) throw new RpcError('unknown_method', `There is no method ${method}.`);
  return await runMethod(handlers[method], params, sender);
}

async function runMethod<Method extends RpcMethod>(
  handler: RpcHandler<Method>,
  params: unknown,
  sender: Sender | null,
): Promise<unknown> {
  if (sender === null || !handler.allow.includes(sender.kind)) {
    throw new RpcError('forbidden', 'This page may not ask for that.');
  }
  return await handler.run(handler.parseParams(params), sender);
}

function isMethod(handlers: RpcHandlers, method: string): method is RpcMethod {
  return Object.hasOwn(handlers, method);
}

function toFailure(error: unknown, onInternalError: (error: unknown) => void): Envelope<never> {
  if (error instanceof RpcError) return { ok: false, error: { code: error.code, message: error.message } };
  onInternalError(error);
  return { ok: false, error: { code: 'internal', message: 'Something went wrong inside UsageKit.' } };
}
