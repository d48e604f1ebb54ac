import type { Ports } from '../../chrome/ports.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { parsePageUrl } from '../../core/connection/server-address.ts';
import { type FoundBlock, findBlock } from '../../core/prompt/find-block.ts';
import { toPageView } from '../../core/prompt/page-view.ts';
import { type Block, decidePrompt, type PromptEvent } from '../../core/prompt/prompt-policy.ts';
import { parseCanPromptAnswer } from '../../core/rpc/rpc.ts';
import { siteOf } from '../../core/sites/site.ts';
import type { ExtensionMemory } from '../extension-memory.ts';
import type { Watchers } from './watchers.ts';

/** Interrupts, where the policy lets it. It only ever starts from what the server itself has answered. */
export interface Prompter {
  /** Looks at every account, prompts if it is time, and takes cards away whose reason has gone. */
  consider(): Promise<void>;
  snooze(): Promise<void>;
  /** Cards shown for a disconnected account. */
  forget(connectionId: string): Promise<void>;
}

/** A card that stands on a page, with what it stands for. */
interface ShownCard {
  tabId: number;
  origin: string;
  kind: FoundBlock['kind'];
  /** The remaining amount at that time. */
  available: number | null;
}

/** @param cardFile the script that draws the card, within the extension. */
export function createPrompter(
  { messaging, scripting, system }: Pick<Ports, 'messaging' | 'scripting' | 'system'>,
  memory: ExtensionMemory,
  watchers: Watchers,
  cardFile: string,
): Prompter {
  let lastRun: Promise<unknown> = Promise.resolve();
  const shown = new Map<string, ShownCard>();

  /** Applies the policy and keeps what it remembers before anything is shown, so that a crash cannot prompt twice. */
  const decide = async (event: PromptEvent): Promise<boolean> => {
    const before = memory.prompts();
    const { state, prompt } = decidePrompt(before, event, system.nowMs());
    if (state !== before) await memory.setPrompts(state);
    return prompt;
  };

  const considerAll = async (): Promise<void> => {
    for (const [connectionId, card] of shown)
      if (!isStillDue(connectionId, card)) await withdraw(connectionId);
    for (const connection of memory.connections()) await considerOne(connection);
  };

  const considerOne = async (connection: Connection): Promise<void> => {
    const snapshot = memory.account(connection.id).snapshot();
    const { summary } = snapshot;
    const found = findBlock(snapshot, system.nowMs());
    if (summary === null || found === null) return;
    // Only sites that were added for this account: another product's page has no business with it.
    const sites = memory.sites().filter(({ connectionId }) => connectionId === connection.id);
    const tab = watchers.latestTab(sites);
    if (tab === null) return;
    const { tabId, site } = tab;
    const block: Block = {
      connectionId: connection.id,
      metric: found.metric,
      cycleStartsAt: summary.cycleStartsAt,
    };
    const place = parseCanPromptAnswer(await askQuietly(tabId, { usagekit: 'can_prompt' }));
    if (!(await decide({ type: 'block_confirmed', block, place }))) return;

    const hasBillingUrl = parsePageUrl(summary.billingUrl, connection.serverUrl) !== null;
    const view = toPageView(summary, found, hasBillingUrl, system.format());
    // The card's code is injected only now: most pages never show a card.
    await scripting.runInTab(tabId, cardFile).catch(() => undefined);
    const answer = await askQuietly(tabId, { usagekit: 'prompt', view });
    if (answer !== true) return void (await decide({ type: 'not_shown', block }));
    const available = summary.credits === null ? null : Number(summary.credits.available);
    shown.set(connection.id, { tabId, origin: site.origin, kind: found.kind, available });
  };

  /** Whether a card that stands has its reason still. One about a single refused run may be read until more is there. */
  const isStillDue = (connectionId: string, card: ShownCard): boolean => {
    if (siteOf(memory.sites(), card.origin)?.connectionId !== connectionId) return false;
    const snapshot = memory.account(connectionId).snapshot();
    if (findBlock(snapshot, system.nowMs()) !== null) return true;
    if (card.kind === 'stopped') return false;
    const now = snapshot.summary?.credits?.available;
    return now === undefined || card.available === null || Number(now) <= card.available;
  };

  const withdraw = async (connectionId: string): Promise<void> => {
    const card = shown.get(connectionId);
    shown.delete(connectionId);
    if (card !== undefined) await askQuietly(card.tabId, { usagekit: 'withdraw' });
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
      const run = lastRun.then(considerAll);
      lastRun = run.catch(() => undefined);
      return run;
    },
    async snooze() {
      await decide({ type: 'snoozed' });
    },
    async forget(connectionId) {
      const isLast = memory.connections().length === 0;
      await decide({ type: 'disconnected', connectionId: isLast ? null : connectionId });
      await withdraw(connectionId);
    },
  };
}
