import type { UsageKitClient } from '@usagekit/server/client';
import type { AccountInput, CatalogConfig, EventItem, Item, UsageEvent } from '@usagekit/server/contract';
import type { Buyer } from '../seed/create-buyer.ts';
import type { DemoMember } from '../workspace.ts';

/** A use that is no task of its own; the event's id, account and time are the day's. */
export type StoryUse = Omit<UsageEvent, 'id' | 'at' | 'accountId'>;

export interface StoryTask {
  name: string;
  memberId: string;
  agentId: string;
  projectId?: string;
  apiKeyId?: string;
  category?: string;
  items: Item[];
  ends: 'completed' | 'failed' | 'running';
  result?: string;
  error?: string;
}

export interface StoryDay {
  /** From 0 on. */
  index: number;
  random: () => number;
  /** How much is done: about 1 on a weekday, little on a weekend, more from month to month. */
  pace: number;
  isLast: boolean;
}

/** What the account's owner does besides work. */
export interface StoryOwner {
  usage: UsageKitClient;
  buyer: Buyer;
  accountId: string;
}

/** A product with one customer, and what that customer does in three months. */
export interface Story {
  /** What the product is called. */
  name: string;
  catalog: CatalogConfig;
  account: {
    id: string;
    name: string;
    timeZone: string;
    kind: NonNullable<AccountInput['kind']>;
    planId: string;
    signUpCreditEligible?: boolean;
  };
  /** The owner first; one at least has the role `member`. */
  members: readonly DemoMember[];
  /** By day, before its work. */
  decisions: Readonly<Record<number, (owner: StoryOwner) => Promise<unknown>>>;
  day(day: StoryDay): { tasks: StoryTask[]; uses: StoryUse[] };
}

/** A whole number around `mean`, a quarter more or less. */
export function about(random: () => number, mean: number): number {
  return Math.max(0, Math.round(mean * (0.75 + random() / 2)));
}

/** A request to a model, with tokens around the given ones. */
export function request(
  random: () => number,
  model: string,
  inputTokens: number,
  outputTokens: number,
): Item {
  return { model, inputTokens: about(random, inputTokens), outputTokens: about(random, outputTokens) };
}

export function counted(metric: string, quantity: number): Item {
  return { metric, quantity: String(quantity) };
}

/** What there is of a gauge. */
export function stands(metric: string, quantity: number): EventItem {
  return { metric, quantity: String(quantity), op: 'set' };
}
