import { toFastify, toWebRequest } from '@usagekit/node/handlers/node';
import fastify from 'fastify';
import { usageKit } from './usagekit.ts';

const app = fastify();
await app.register(toFastify(usageKit), { prefix: '/api/usagekit' });
app.post('/api/ask', async (request, reply) => {
  const gate = await usageKit.gate(toWebRequest(request.raw), { items: [{ tool: 'work', calls: 10 }] });
  if (!gate.allowed) return reply.send(gate.response);
  return { answer: 'It depends.', credits: gate.run.cost.amount };
});

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }));
