import type { Ports } from '../chrome/ports.ts';
import { type FoundBlock, findBlock } from '../core/find-block.ts';
import { toPageView } from '../core/page-view.ts';
import { type Block, decidePrompt, type PromptEvent } from '../core/prompt-policy.ts';
import { parseCanPromptAnswer } from '../core/rpc.ts';
import { parseBillingUrl } from '../core/server-address.ts';
import type { ExtensionMemory } from './extension-memory.ts';
import type { Watchers } from './watchers.ts';

/** Interrupts, where the policy lets it. It only ever starts from what the server itself has answered. */
export interface Prompter {
  /** Looks at the snapshot, prompts if it is time, and takes the card away when its reason has gone. */
  consider(): Promise<void>;
  snooze(): Promise<void>;
  forgetAll(): Promise<void>;
}

export function createPrompter(
  { messaging, system }: Pick<Ports, 'messaging' | 'system'>,
  memory: ExtensionMemory,
  watchers: Watchers,
): Prompter {
  let lastRun: Promise<unknown> = Promise.resolve();
  /** The tab that was told to show a card, with the block that it stands for. */
  let shown: { tabId: number; kind: FoundBlock['kind'] } | null = null;

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
    const found = findBlock(memory.snapshot(), system.nowMs());
    // A card about one refused run may be read for as long as somebody likes; one about a stop ends with it.
    if (shown?.kind === 'stopped' && found === null) await withdraw();
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
    if (answer === true) shown = { tabId, kind: found.kind };
    else await decide({ type: 'not_shown', block });
  };

  const withdraw = async (): Promise<void> => {
    const withdrawn = shown;
    shown = null;
    if (withdrawn !== null) await askQuietly(withdrawn.tabId, { usagekit: 'withdraw' });
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
      await withdraw();
    },
  };
}
