import { msPerDay } from '@usagekit/server/contract';

/** Past prompts, kept over restarts. */
export interface PromptState {
  /** Metrics and cycles that were interrupted for, by key, with when. */
  interrupted: Record<string, number>;
  /** No prompt before this. */
  snoozedUntilMs: number;
}

export const emptyPromptState: PromptState = { interrupted: {}, snoozedUntilMs: 0 };

/** Interruptions that are remembered; the oldest are forgotten first. */
export const interruptionsMax = 200;
/** How long 'Not now' keeps every prompt away. */
export const snoozeMs = msPerDay;

/** The metric and cycle that work is stopped for. */
export interface Block {
  connectionId: string;
  /** `null` is the credits. */
  metric: string | null;
  /** The cycle's start, as the server tells it. */
  cycleStartsAt: string;
}

export type PromptEvent =
  /** The server itself has said that work is stopped. A page's word is never turned into this event. */
  | { type: 'block_confirmed'; block: Block; place: PromptPlace }
  /** The prompt could not be shown after all, so that it has interrupted nobody. */
  | { type: 'not_shown'; block: Block }
  | { type: 'snoozed' }
  /** Forgets the prompts of a removed connection; null forgets all. */
  | { type: 'disconnected'; connectionId: string | null };

/** Where a prompt would stand. */
export interface PromptPlace {
  /** Whether an added site is open and visible. */
  isVisible: boolean;
  /** Whether the product shows its own out-of-credits state there. */
  productShowsOwn: boolean;
}

export interface PromptDecision {
  state: PromptState;
  prompt: boolean;
  reason:
    | 'first_in_cycle'
    | 'already_interrupted'
    | 'snoozed'
    | 'product_shows_own'
    | 'nobody_looks'
    | 'no_block';
}

/**
 * Decides whether to interrupt: at most once for a metric in a cycle, never while snoozed, and never if the product shows its own
 * prompt. A prompt suppressed for one of the last three reasons may still be shown later.
 */
export function decidePrompt(state: PromptState, event: PromptEvent, nowMs: number): PromptDecision {
  switch (event.type) {
    case 'disconnected':
      return { state: without(state, event.connectionId), prompt: false, reason: 'no_block' };
    case 'snoozed':
      return { state: { ...state, snoozedUntilMs: nowMs + snoozeMs }, prompt: false, reason: 'snoozed' };
    case 'not_shown':
      return { state: forget(state, blockKey(event.block)), prompt: false, reason: 'no_block' };
    case 'block_confirmed': {
      const key = blockKey(event.block);
      if (Object.hasOwn(state.interrupted, key))
        return { state, prompt: false, reason: 'already_interrupted' };
      if (nowMs < state.snoozedUntilMs) return { state, prompt: false, reason: 'snoozed' };
      if (!event.place.isVisible) return { state, prompt: false, reason: 'nobody_looks' };
      if (event.place.productShowsOwn) return { state, prompt: false, reason: 'product_shows_own' };
      return { state: remember(state, key, nowMs), prompt: true, reason: 'first_in_cycle' };
    }
  }
}

/** One metric in one cycle of one account. */
export function blockKey(block: Block): string {
  return JSON.stringify([block.connectionId, block.metric, block.cycleStartsAt]);
}

/** Reads the stored state; unreadable entries are dropped. */
export function parsePromptState(value: unknown): PromptState {
  if (typeof value !== 'object' || value === null) return emptyPromptState;
  const { interrupted, snoozedUntilMs } = value as Record<string, unknown>;
  if (typeof interrupted !== 'object' || interrupted === null) return emptyPromptState;
  const entries = Object.entries(interrupted).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return {
    interrupted: Object.fromEntries(entries),
    snoozedUntilMs: typeof snoozedUntilMs === 'number' ? snoozedUntilMs : 0,
  };
}

function remember(state: PromptState, key: string, nowMs: number): PromptState {
  const entries = Object.entries(state.interrupted).sort(([, a], [, b]) => b - a);
  return {
    ...state,
    interrupted: Object.fromEntries([[key, nowMs], ...entries.slice(0, interruptionsMax - 1)]),
  };
}

function without(state: PromptState, connectionId: string | null): PromptState {
  if (connectionId === null) return emptyPromptState;
  const begin = `${JSON.stringify([connectionId]).slice(0, -1)},`;
  const kept = Object.entries(state.interrupted).filter(([key]) => !key.startsWith(begin));
  return { ...state, interrupted: Object.fromEntries(kept) };
}

function forget(state: PromptState, key: string): PromptState {
  const { [key]: _forgotten, ...interrupted } = state.interrupted;
  return { ...state, interrupted };
}
