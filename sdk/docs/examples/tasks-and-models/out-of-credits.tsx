import { useCheck } from '@usagekit/react';
import { OutOfCredits } from '@usagekit/react/out-of-credits';

const use = { items: [{ tool: 'work', calls: 10 }] };

export default function Example() {
  const { data, asOf } = useCheck(use);
  if (!data || data.allowed) return <p>A run of 10 credits would go ahead.</p>;
  return <OutOfCredits refusal={data.refusal ?? undefined} asOf={asOf} />;
}
