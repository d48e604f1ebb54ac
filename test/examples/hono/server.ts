import { serve } from '@hono/node-server';
import { toHono } from '@usagekit/node/handlers';
import { Hono } from 'hono';
import { usageKit } from './usagekit.ts';

const app = new Hono();
app.all('/api/usagekit/*', toHono(usageKit));
app.post('/api/ask', async (context) => {
  const gate = await usageKit.gate(context.req.raw, { items: [{ tool: 'work', calls: 10 }] });
  if (!gate.allowed) return gate.response;
  return context.json({ answer: 'It depends.', credits: gate.run.cost.amount });
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
