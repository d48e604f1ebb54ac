import { usageKit } from '../../usagekit';

/** Costs ten credits, so that the gate is asked first. */
export async function POST(request: Request): Promise<Response> {
  const gate = await usageKit.gate(request, { items: [{ tool: 'work', calls: 10 }] });
  if (!gate.allowed) return gate.response;
  return Response.json({ answer: 'It depends.', credits: gate.run.cost.amount });
}
