import { Gate } from '@usagekit/react/gate';

const use = { items: [{ model: 'frontier-1', inputTokens: 1_200, outputTokens: 400 }] };

export default function Example() {
  return (
    <Gate use={use}>
      {(answer) => <button type="button">Ask{answer?.cost ? `, ${answer.cost.amount} credits` : ''}</button>}
    </Gate>
  );
}
