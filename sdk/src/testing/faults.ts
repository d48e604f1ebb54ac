import { type ErrorCode, errors, type Problem } from '@usagekit/server/contract';
import { NetworkFailure } from './network-failure.ts';
import { matchesRequest, type RecordedRequest, type RequestFilter } from './request-log.ts';

/**
 * - `timeout`: no answer ever; the request ends when its caller gives up
 * - `offline`: the request fails as `fetch` does without a network
 * - `html_500`: a proxy's error page
 * - `truncated_json`: the real answer, cut in the middle of its body
 * - `slow_stream`: the real answer, one byte at a time, so that characters and messages are cut anywhere
 * - `problem`: the error of the server's table that `code` names, as the server writes it
 * - `answer`: a `status`, `body` and `headers` of your own
 * - `changed`: the real answer, with its JSON changed by `change`
 *
 * With `timeout`, `offline`, `html_500`, `problem` and `answer` the server never sees the request; the others happen after it.
 */
export type FaultKind = (typeof faultKinds)[number];

const faultKinds = [
  'timeout',
  'offline',
  'html_500',
  'truncated_json',
  'slow_stream',
  'problem',
  'answer',
  'changed',
] as const;

export interface Fault {
  /** @default every request */
  on?: RequestFilter;
  /** @default without end */
  times?: number;
  kind: FaultKind;
  /**
   * For `problem`.
   * @default 'unavailable'
   */
  code?: ErrorCode;
  /**
   * For `answer`.
   * @default 200
   */
  status?: number;
  /** For `answer`: sent as JSON, or as it is where it is text. */
  body?: unknown;
  /** For `answer`. */
  headers?: Record<string, string>;
  /** For `changed`. */
  change?: (body: never) => unknown;
}

/** The faults of one mock. */
export interface Faults {
  /** Gives back what takes the fault away again. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The fault that this request meets; counts as one of its times. */
  take(request: RecordedRequest): Fault | undefined;
}

export function createFaults(): Faults {
  let active: { fault: Fault; timesLeft: number }[] = [];
  return {
    add(fault) {
      if (!faultKinds.includes(fault.kind)) {
        throw new RangeError(`The fault '${fault.kind}' is none; accepted are ${faultKinds.join(', ')}.`);
      }
      const entry = { fault, timesLeft: fault.times ?? Number.POSITIVE_INFINITY };
      active.push(entry);
      return () => {
        active = active.filter((other) => other !== entry);
      };
    },
    clear() {
      active = [];
    },
    take(request) {
      const met = active.find(
        ({ fault, timesLeft }) => timesLeft > 0 && matchesRequest(fault.on ?? '*', request),
      );
      if (met) met.timesLeft -= 1;
      return met?.fault;
    },
  };
}

/** Answers as the fault has it; `answer` gives the real answer, for faults that happen on the way back. */
export async function answerWithFault(
  fault: Fault,
  request: Request,
  answer: () => Promise<Response>,
): Promise<Response> {
  switch (fault.kind) {
    case 'timeout':
      return neverAnswer(request.signal);
    case 'offline':
      throw new NetworkFailure();
    case 'html_500':
      return new Response('<!doctype html><title>500</title><h1>Something went wrong</h1>', {
        status: 500,
        headers: { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' },
      });
    case 'truncated_json': {
      const whole = await answer();
      const text = await whole.text();
      return new Response(text.slice(0, Math.ceil(text.length / 2)), {
        status: whole.status,
        headers: whole.headers,
      });
    }
    case 'slow_stream': {
      const whole = await answer();
      return new Response(whole.body && cutIntoBytes(whole.body), {
        status: whole.status,
        headers: whole.headers,
      });
    }
    case 'problem':
      return answerProblem(fault.code ?? 'unavailable');
    case 'answer': {
      const { status = 200, body = null, headers = {} } = fault;
      const isText = typeof body === 'string';
      return new Response(isText || body === null ? (body as string | null) : JSON.stringify(body), {
        status,
        headers: { ...serverHeaders, ...(isText ? {} : { 'Content-Type': 'application/json' }), ...headers },
      });
    }
    case 'changed': {
      const whole = await answer();
      const body: unknown = await whole.json();
      const changed = fault.change?.(body as never) ?? body;
      return new Response(JSON.stringify(changed), { status: whole.status, headers: whole.headers });
    }
  }
}

function neverAnswer(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

const requestId = 'req_fault';
/** What every answer of the server's has, so that a page of another origin reads a fault as it reads the server. */
const serverHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
  'Cache-Control': 'no-store',
  'X-Request-Id': requestId,
};
const retrySeconds = '5';

function answerProblem(code: ErrorCode): Response {
  const { status, title } = errors[code];
  const problem: Problem = {
    type: `urn:usagekit:problem:${code}`,
    title,
    status,
    code,
    detail: title,
    requestId,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      ...serverHeaders,
      'Content-Type': 'application/problem+json',
      ...(status === 503 ? { 'Retry-After': retrySeconds } : {}),
    },
  });
}

function cutIntoBytes(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        for (const byte of piece) controller.enqueue(Uint8Array.of(byte));
      },
    }),
  );
}
