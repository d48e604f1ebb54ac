import { sendWebResponse, toExpress, toWebRequest } from '@usagekit/node/handlers/node';
import express from 'express';
import { usageKit } from './usagekit.ts';

const app = express();
app.use(express.json());
app.use('/api/usagekit', toExpress(usageKit));
app.post('/api/ask', async (request, response) => {
  const gate = await usageKit.gate(toWebRequest(request), { items: [{ tool: 'work', calls: 10 }] });
  if (!gate.allowed) return sendWebResponse(gate.response, response);
  response.json({ answer: 'It depends.', credits: gate.run.cost.amount });
});

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
