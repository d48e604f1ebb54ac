import { type ErrorCode, errors, type Problem } from '@usagekit/server/contract';
import { parseSpan, type Span } from '../clock/mock-clock.ts';
import { assertOptions } from '../mock/accepted.ts';
import { pause } from '../platform/pause.ts';
import {
  assertFilter,
  matchesRequest,
  type RecordedRequest,
  type RequestFilter,
} from '../requests/request-log.ts';
import { NetworkFailure } from './network-failure.ts';

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

/** What goes wrong, on which requests and how often. */
export interface Fault {
  /** @default every request */
  on?: RequestFilter;
  /** @default without end */
  times?: number;
  /**
   * So many requests to each address pass before the first one fails.
   * @default 0
   */
  after?: number;
  /**
   * How long the request takes before it fails.
   * @default at once
   */
  delay?: Span;
  /** @default `answer` where `status`, `body` or `headers` is given, `changed` where `change` is, else `problem` */
  kind?: FaultKind;
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
  /** For `answer`; for `problem` and `changed` in addition to the server's own. */
  headers?: Record<string, string>;
  /** For `changed`: gets the answer's JSON and gives another one. */
  change?: (body: never) => unknown;
}

const faultFields = [
  'on',
  'times',
  'after',
  'delay',
  'kind',
  'code',
  'status',
  'body',
  'headers',
  'change',
] as const satisfies readonly (keyof Fault)[];

/** The faults of one mock. */
export interface Faults {
  /** Gives back what takes the fault away again. One that belongs to a scenario need not be met. */
  add(fault: Fault, options?: { isOfScenario: boolean }): () => void;
  clear(): void;
  /** Those that no request has met, by what they are on; each is told once. */
  takeUnmet(): string[];
  /** The fault that this request meets; counts as one of its times. */
  take(request: RecordedRequest): Fault | undefined;
}

export function createFaults(): Faults {
  let active: { fault: Fault; timesLeft: number; passed: Map<string, number> }[] = [];
  let unmet = new Set<Fault>();
  return {
    add(given, { isOfScenario } = { isOfScenario: false }) {
      const fault = { ...given, kind: kindOf(given) };
      const entry = { fault, timesLeft: fault.times ?? Number.POSITIVE_INFINITY, passed: new Map() };
      active.push(entry);
      if (!isOfScenario) unmet.add(fault);
      return () => {
        active = active.filter((other) => other !== entry);
      };
    },
    clear() {
      active = [];
    },
    takeUnmet() {
      const names = [...unmet].map(({ on = '*' }) => (typeof on === 'string' ? on : 'a function'));
      unmet = new Set();
      return names;
    },
    take(request) {
      for (const entry of active) {
        const { fault, passed } = entry;
        if (entry.timesLeft <= 0 || !matchesRequest(fault.on ?? '*', request)) continue;
        const address = `${request.method} ${request.path}`;
        const passedSoFar = passed.get(address) ?? 0;
        if (passedSoFar < (fault.after ?? 0)) {
          passed.set(address, passedSoFar + 1);
          continue;
        }
        entry.timesLeft -= 1;
        unmet.delete(fault);
        return fault;
      }
      return undefined;
    },
  };
}

/**
 * The kind of a fault, by its fields.
 * @throws RangeError for an invalid fault, with the accepted forms.
 */
export function kindOf(fault: Fault): FaultKind {
  assertOptions('fault', fault, faultFields);
  if (fault.on !== undefined) assertFilter(fault.on);
  if (fault.delay !== undefined) parseSpan(fault.delay);
  const { kind = impliedKind(fault), code } = fault;
  if (!faultKinds.includes(kind)) {
    throw new RangeError(`The fault '${kind}' is none; accepted are ${faultKinds.join(', ')}.`);
  }
  if (code !== undefined && !Object.hasOwn(errors, code)) {
    throw new RangeError(`The code '${code}' is none; accepted are ${Object.keys(errors).join(', ')}.`);
  }
  return kind;
}

function impliedKind({ change, status, body, headers }: Fault): FaultKind {
  if (change !== undefined) return 'changed';
  return status !== undefined || body !== undefined || headers !== undefined ? 'answer' : 'problem';
}

/** Answers as the fault has it; `answer` gives the real answer, for faults that happen on the way back. */
export async function answerWithFault(
  fault: Fault,
  request: Request,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (fault.delay !== undefined) await pause(parseSpan(fault.delay), request.signal);
  switch (kindOf(fault)) {
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
      return answerProblem(fault.code ?? 'unavailable', fault.headers);
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
      const headers = new Headers(whole.headers);
      for (const [name, value] of Object.entries(fault.headers ?? {})) headers.set(name, value);
      if (!/json/.test(headers.get('Content-Type') ?? '')) {
        return new Response(whole.body, { status: whole.status, headers });
      }
      // The tag is of the answer as it was, and a client that sends it back would be told that nothing changed.
      headers.delete('ETag');
      const body: unknown = await whole.json();
      const changed = fault.change?.(body as never) ?? body;
      return new Response(JSON.stringify(changed), { status: fault.status ?? whole.status, headers });
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
/** The headers of every server answer, so that a page of another origin can read a fault too. */
const serverHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
  'Cache-Control': 'no-store',
  'X-Request-Id': requestId,
};
const retrySeconds = '5';

function answerProblem(code: ErrorCode, headers: Record<string, string> = {}): Response {
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
      ...(status === 503 || status === 429 ? { 'Retry-After': retrySeconds } : {}),
      ...headers,
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
