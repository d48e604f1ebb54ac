import { join } from 'node:path';
import { createUsageKitClient } from '@usagekit/server/client';
import { serve } from '@usagekit/server/node';
import { createDemoClock } from '../backend/demo-clock.ts';
import type { Product } from '../backend/product.ts';
import { liveThrough } from '../products/live-through.ts';
import { isStoryId, stories } from '../products/stories.ts';
import { createBuyer } from '../seed/create-buyer.ts';
import { type DemoFiles, throwAway } from './demo-state.ts';

/** Addresses of the demo's pages, to which buttons of the kit lead. */
const links = {
  usage: '/usage',
  tasks: '/tasks',
  billing: '/billing',
  upgrade: '/plans',
  credits: '/billing/credits',
  support: 'mailto:support@example.com',
};

/**
 * The products whose catalogs come with the server. Each is opened when it is first looked at, on a server and a file of its own,
 * and kept until the demo stops.
 */
export function createOthers(folder: string, { state, save }: DemoFiles, tell: (line: string) => void) {
  const opened = new Map<string, ReturnType<typeof open>>();

  async function open(id: string) {
    if (!isStoryId(id)) throw new Error(`The demo has no product '${id}'.`);
    const story = stories[id];
    const databaseFile = join(folder, `${id}.db`);
    const isSeeded = state.products?.includes(id) ?? false;
    // Half a story is none.
    if (!isSeeded) await throwAway(databaseFile);
    const server = await serve({
      databaseFile,
      port: 0,
      secretKeys: [state.secretKey],
      catalog: { ...story.catalog, links: { ...story.catalog.links, ...links } },
    });
    const usage = createUsageKitClient({ url: server.url, key: state.secretKey });
    const clock = createDemoClock(server.url, state.secretKey, id);
    if (!isSeeded) {
      const [owner] = story.members;
      const buyer = createBuyer(usage, server.url, {
        accountId: story.account.id,
        memberId: owner?.id ?? '',
      });
      const startedAtMs = performance.now();
      await liveThrough(story, { usage, clock, buyer, nowMs: Date.now() });
      tell(
        `${story.name}: three months of usage are there, after ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s.`,
      );
      state.products = [...(state.products ?? []), id];
      await save();
    }
    await clock.catchUp();
    const { name, account, members } = story;
    const product: Product = {
      name,
      account,
      members,
      usage,
      clock,
      serverUrl: server.url,
      usageKitUrl: `/products/${id}`,
    };
    return { product, server };
  }

  return {
    names: Object.fromEntries(Object.entries(stories).map(([id, { name }]) => [id, name])),
    async open(id: string): Promise<Product> {
      let opening = opened.get(id);
      if (!opening) {
        opening = open(id);
        opened.set(id, opening);
        // What failed is tried again by whoever asks next.
        opening.catch(() => opened.delete(id));
      }
      return (await opening).product;
    },
    async catchUp(): Promise<void> {
      for (const opening of opened.values()) await (await opening).product.clock.catchUp();
    },
    async close(): Promise<void> {
      for (const opening of opened.values()) await (await opening).server.close();
    },
  };
}
