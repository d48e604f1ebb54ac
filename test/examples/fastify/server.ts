import { toFastify } from '@usagekit/node/handlers/node';
import fastify from 'fastify';
import { usageKit } from './usagekit.ts';

const app = fastify();
await app.register(toFastify(usageKit), { prefix: '/api/usagekit' });
app.post('/api/ask', async (request, reply) => {
  const asked = new Request('http://localhost/api/ask', {
    headers: { Cookie: request.headers.cookie ?? '' },
  });
  const gate = await usageKit.gate(asked, { items: [{ tool: 'work', calls: 10 }] });
  if (!gate.allowed) {
    reply.code(gate.response.status).headers(Object.fromEntries(gate.response.headers));
    return reply.send(await gate.response.text());
  }
  return { answer: 'It depends.', credits: gate.run.cost.amount };
});

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }));
