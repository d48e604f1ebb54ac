import { ModelPicker } from '@usagekit/react/model-picker';
import { useState } from 'react';

export default function Example() {
  const [model, setModel] = useState<string | null>(null);
  return <ModelPicker value={model} onChange={setModel} />;
}
