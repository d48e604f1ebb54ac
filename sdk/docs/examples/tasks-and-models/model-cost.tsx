import { ModelCost } from '@usagekit/react/model-picker';

/** The use of the run. */
const use = {
  items: [
    { model: 'standard-1', inputTokens: 42_000, outputTokens: 5_000 },
    { tool: 'search', calls: 3 },
  ],
};

export default function Example() {
  return <ModelCost use={use} />;
}
