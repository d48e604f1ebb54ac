import type { Ports } from '../chrome/ports.ts';
import { findBlock } from '../core/find-block.ts';
import { toPageView } from '../core/page-view.ts';
import { type Block, decidePrompt, type PromptEvent } from '../core/prompt-policy.ts';
import type { RateLimitStanding } from '../core/rate-limit.ts';
import { parseCanPromptAnswer } from '../core/rpc.ts';
import { parseBillingUrl } from '../core/server-address.ts';
import type { ExtensionMemory } from './extension-memory.ts';
import type { Watchers } from './watchers.ts';

/** Interrupts, where the policy lets it. It only ever starts from what the server itself has answered. */
export interface Prompter {
  /** Takes in the quotas of a refused request that the browser saw; the next look at the snapshot weighs them. */
  noteRefusal(quotas: RateLimitStanding[]): void;
  /** Looks at the snapshot and prompts if it is time. */
  consider(): Promise<void>;
  snooze(): Promise<void>;
  forgetAll(): Promise<void>;
}

/** A refusal is weighed against figures that are asked for within this time; later ones are of another moment. */
const refusalMsMax = 15_000;

export function createPrompter(
  { messaging, system }: Pick<Ports, 'messaging' | 'system'>,
  memory: ExtensionMemory,
  watchers: Watchers,
): Prompter {
  let lastRun: Promise<unknown> = Promise.resolve();
  let refusal: { quotas: RateLimitStanding[]; atMs: number } | null = null;

  const recentRefusal = (): RateLimitStanding[] | null =>
    refusal !== null && system.nowMs() - refusal.atMs <= refusalMsMax ? refusal.quotas : null;

  /** Applies the policy and keeps what it remembers before anything is shown, so that a crash cannot prompt twice. */
  const decide = async (event: PromptEvent): Promise<boolean> => {
    const before = memory.prompts();
    const { state, prompt } = decidePrompt(before, event, system.nowMs());
    if (state !== before) await memory.setPrompts(state);
    return prompt;
  };

  const considerOnce = async (): Promise<void> => {
    const connection = memory.connection();
    const { summary } = memory.snapshot();
    const found = summary === null ? null : findBlock(summary, recentRefusal());
    if (connection === null || summary === null || found === null) return;
    const tabId = watchers.latestTab(memory.sites());
    if (tabId === null) return;
    const block: Block = {
      accountId: summary.accountId,
      metric: found.metric,
      cycleStartsAt: summary.cycleStartsAt,
    };
    const place = parseCanPromptAnswer(await askQuietly(tabId, { usagekit: 'can_prompt' }));
    if (!(await decide({ type: 'block_confirmed', block, place }))) return;

    const hasBillingUrl = parseBillingUrl(summary.billingUrl, connection.serverUrl) !== null;
    const view = toPageView(summary, found, hasBillingUrl, system.format());
    const answer = await askQuietly(tabId, { usagekit: 'prompt', view });
    if (answer !== true) await decide({ type: 'not_shown', block });
  };

  /** A tab may close or navigate at any moment; then there is no answer, which is one. */
  const askQuietly = async (...question: Parameters<typeof messaging.askTab>): Promise<unknown> => {
    try {
      return await messaging.askTab(...question);
    } catch {
      return null;
    }
  };

  return {
    noteRefusal(quotas) {
      refusal = { quotas, atMs: system.nowMs() };
    },
    consider() {
      // One after the other: two that run together would both find that nothing was said yet.
      const run = lastRun.then(considerOnce);
      lastRun = run.catch(() => undefined);
      return run;
    },
    async snooze() {
      await decide({ type: 'snoozed' });
    },
    async forgetAll() {
      await decide({ type: 'disconnected' });
    },
  };
}
