import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import type { CatalogConfig } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import { servePage } from '../support/serve-page.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { type HostSite, startHostSite } from './extension-host.ts';

const secretKey = 'sk_test_for-these-tests-only';
/** 110 credits a use, of 1,000 a month. */
const dearItem = { model: 'deep-1' };

/** What somebody meets who installs the extension: a product's site, its page that approves a browser, and the server behind both. */
export interface ExtensionProduct {
  /** Its `/run` uses 110 of 1,000 credits. */
  readonly host: HostSite;
  readonly server: { readonly url: string };
  readonly usage: UsageKitClient;
  close(): Promise<void>;
}

/** The account acme, whose owner is ada; she approves. */
export async function startExtensionProduct(): Promise<ExtensionProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-server-'));
  const host = await startHostSite('acme', dearItem);
  let usage: UsageKitClient | undefined;
  const approval = await servePage(join(import.meta.dirname, 'live-pages/connect-page.tsx'), {
    '/token': async () => usage?.createToken({ accountId: 'acme', memberId: 'ada' }),
  });
  const server = await serve({
    port: 0,
    databaseFile: join(folder, 'usagekit.sqlite'),
    secretKeys: [secretKey],
    catalog: smallCatalogConfig,
  });
  host.use({ url: server.url, secretKey });
  usage = createUsageKitClient({ url: server.url, key: secretKey });
  // The page that approves stands on an origin of its own.
  const connect = `${approval.url}?server=${encodeURIComponent(server.url)}`;
  await usage.request('PUT /v1/catalog', {
    body: catalogWith({ billing: `${host.origin}/billing`, connect }),
  });
  await usage.putAccount('acme', { name: 'Acme', planId: 'pro' });
  await usage.putMember('acme', 'ada', { role: 'owner' });
  return {
    host,
    server,
    usage,
    async close() {
      await server.close();
      await approval.close();
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function catalogWith(links: NonNullable<CatalogConfig['links']>): CatalogConfig {
  const models = smallCatalogConfig.models?.map((model) =>
    model.id === dearItem.model ? { ...model, prices: [{ perRequest: '110' }] } : model,
  );
  return { ...smallCatalogConfig, ...(models && { models }), links };
}
