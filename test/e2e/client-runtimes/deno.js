import { routes, walk } from './walk.ts';
import { walkSpool } from './walk-spool.ts';

const [url, key] = Deno.args;
const directory = await Deno.makeTempDir();
const walked = await walk({ url, key, accountId: 'deno' });
const spooled = await walkSpool({ url, key, accountId: 'deno-away', directory });
const server = Deno.serve({ port: 0, onListen() {} }, routes({ url, key, accountId: 'deno' }));
const served = await fetch(`http://127.0.0.1:${server.addr.port}/api/usagekit/v1/accounts/deno/usage`);
await served.text();
await server.shutdown();
await Deno.remove(directory, { recursive: true });
console.log(JSON.stringify({ walked, spooled, served: served.status }));
Deno.exit();
