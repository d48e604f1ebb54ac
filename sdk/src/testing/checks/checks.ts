import type { HostBackend } from '../engine/host-backend.ts';
import { findInvariantBreaks } from './find-invariant-breaks.ts';

/** A server that something was asked of since its ledger was last checked. */
interface Asked {
  /** Reads its ledger. */
  ledger(): Pick<HostBackend, 'credits' | 'ledgerPage'>;
  accountIds: ReadonlySet<string>;
}

/** Where a mock is mounted, and whether any request came: a client with a token but without a request asks elsewhere. */
export interface Visits {
  mounts: Mount[];
  tokens: number;
  requests: number;
  /** Tells of the faults that no request has met: what their test expects was not tested. */
  tellUnmetFaults?(): void;
}

interface Mount {
  base: string;
  /** Made where the mock was mounted, so that its stack leads there. */
  unvisited: Error;
}

/** The mount of a mock at an address. Call it in the adapter, so that the error of a mount without requests leads to its caller. */
export function mountOf(base: string): Mount {
  const unvisited = new Error(
    `A client got a token, and no request came to ${base}, where the mock is mounted: is server.listen() or worker.start() called, and is ${base} the client's baseUrl? (A test that wants a token alone takes mock.backend.makeToken().)`,
  );
  return { base, unvisited };
}

const unchecked = new Map<object, Asked>();
const visits = new Set<Visits>();

/** Something was asked of the server of that engine; the same again does no harm. */
export function markAsked(engine: object, asked: Asked): void {
  if (!unchecked.has(engine)) unchecked.set(engine, asked);
}

export function watchVisits(watched: Visits): void {
  visits.add(watched);
}

/** @throws Error where the ledger and a balance do not agree. */
export async function checkEngine(engine: object, asked: Asked): Promise<void> {
  const breaks = await findInvariantBreaks(asked.ledger(), asked.accountIds);
  // Looking at the ledger is no reason to look again.
  unchecked.delete(engine);
  if (breaks.length > 0) throw new Error(`The ledger of the mock does not add up: ${breaks.join('; ')}`);
}

/**
 * Runs after a test: checks the ledger of every mock that got a request since its last check, including the state before a reset.
 * @throws Error where a ledger does not add up, or a mounted mock got no request though a client got a token
 */
export async function checkMocks(): Promise<void> {
  const asked = [...unchecked];
  unchecked.clear();
  for (const seen of visits) seen.tellUnmetFaults?.();
  const unvisited = [...visits].flatMap((seen) => takeUnvisited(seen) ?? []);
  for (const [engine, each] of asked) await checkEngine(engine, each);
  for (const error of unvisited) throw error;
}

/** @throws Error where the mock is mounted, a client got a token, and no request came since the last check */
export function checkVisits(seen: Visits): void {
  seen.tellUnmetFaults?.();
  const error = takeUnvisited(seen);
  if (error) throw error;
}

/** Begins to count again. */
function takeUnvisited(seen: Visits): Error | undefined {
  const isUnvisited = seen.tokens > 0 && seen.requests === 0;
  seen.tokens = 0;
  seen.requests = 0;
  return isUnvisited ? seen.mounts[0]?.unvisited : undefined;
}

export function forget(engine: object | undefined, seen?: Visits): void {
  if (engine) unchecked.delete(engine);
  if (seen) visits.delete(seen);
}

type Hook = (check: () => Promise<void>) => unknown;

/**
 * Has the runner's hook check after the test.
 * @throws Error where the hook takes nothing any more, which some runners keep to themselves.
 */
export function registerCheck(hook: Hook, check: () => Promise<void>): void {
  const advice =
    'make the mock at the top of the file or in beforeEach, or pass onTestFinished (Vitest); with a set-up file of @usagekit/react/testing/vitest or /jest no hook is needed';
  if (hook.name === 'afterEach' && isInsideTest()) {
    throw new Error(`afterEach is never run where it is registered inside of a test: ${advice}.`);
  }
  try {
    hook(check);
  } catch (cause) {
    throw new Error(
      `The check of the mock could not be registered with ${hook.name || 'the hook'}: ${advice}.`,
      {
        cause,
      },
    );
  }
}

/** Vitest takes a hook inside of a test without a word and never runs it; others throw by themselves. */
function isInsideTest(): boolean {
  const worker = (globalThis as { __vitest_worker__?: { current?: { type?: string } } }).__vitest_worker__;
  return worker?.current?.type === 'test';
}

(globalThis as { afterEach?: Hook }).afterEach?.(checkMocks);
