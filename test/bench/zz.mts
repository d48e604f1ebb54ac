import { newIdempotencyKey } from '@usagekit/server/contract';
import { postRequest, rateOverHttp } from './http-load.ts';
import { benchKey } from './bench-server.ts';
const port = Number(process.argv[2]); const n = Number(process.argv[3] ?? 20000);
const H = { Authorization: `Bearer ${benchKey}` };
for (let i = 0; i < 100; i++) await fetch(`http://127.0.0.1:${port}/v1/accounts/a-${i}`, { method: 'PUT', headers: { ...H, 'content-type': 'application/json' }, body: '{}' });
const next = () => postRequest('/v1/consume', JSON.stringify({ accountId: `a-${Math.floor(Math.random() * 100)}`, items: [{ model: 'swift-1' }], agentId: 'writer' }), { ...H, 'Idempotency-Key': newIdempotencyKey() });
console.log(await rateOverHttp({ port, connections: 64, requests: 3000, next }), await rateOverHttp({ port, connections: 64, requests: n, next }));
