import { createServer } from 'node:http';
import { toNodeListener } from '@usagekit/node/handlers/node';
import { usageKit } from './usagekit.ts';

/** The whole backend as a function: what Bun, Deno, workers and edge runtimes take as it is. */
export async function fetch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/api/usagekit/')) return usageKit(request);
  if (pathname === '/api/ask' && request.method === 'POST') {
    const gate = await usageKit.gate(request, { items: [{ tool: 'work', calls: 10 }] });
    if (!gate.allowed) return gate.response;
    return Response.json({ answer: 'It depends.', credits: gate.run.cost.amount });
  }
  return new Response(null, { status: 404 });
}

// Node alone has no server for it.
const server = createServer(toNodeListener(fetch)).listen(
  Number(process.env.PORT ?? 3000),
  '127.0.0.1',
  () => {
    const address = server.address();
    if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
  },
);
