import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes, walk } from './walk.ts';
import { walkSpool } from './walk-spool.ts';

const [url, key] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'usagekit-bun-'));
const walked = await walk({ url, key, accountId: 'bun' });
const spooled = await walkSpool({ url, key, accountId: 'bun-away', directory });
const server = Bun.serve({ port: 0, fetch: routes({ url, key, accountId: 'bun' }) });
const served = await fetch(`${server.url}api/usagekit/v1/accounts/bun/usage`);
await server.stop(true);
rmSync(directory, { recursive: true });
console.log(JSON.stringify({ walked, spooled, served: served.status }));
process.exit();
