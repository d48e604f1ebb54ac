import type { Item } from '@usagekit/server/contract';

/** How far a research task goes, and what it may read and write at most. */
export const depths = {
  quick: { label: 'Quick answer', inputTokens: 6_000, outputTokens: 800, searches: 2 },
  report: { label: 'Report', inputTokens: 42_000, outputTokens: 5_000, searches: 8 },
  study: { label: 'Deep study', inputTokens: 160_000, outputTokens: 14_000, searches: 24 },
} as const;

export type Depth = keyof typeof depths;

/** What a task uses: its most as an estimate, or the share of it that it really used. */
export function taskItems(model: string, depth: Depth, share = 1): Item[] {
  const { inputTokens, outputTokens, searches } = depths[depth];
  const calls = Math.max(1, Math.round(searches * share));
  return [
    { model, inputTokens: Math.round(inputTokens * share), outputTokens: Math.round(outputTokens * share) },
    { tool: 'web_search', calls },
    { tool: 'page_reader', calls: calls * 2 },
    { metric: 'tasks', quantity: '1' },
  ];
}
