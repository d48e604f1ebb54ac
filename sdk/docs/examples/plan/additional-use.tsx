import { AdditionalUse } from '@usagekit/react/additional-use';

export default function Example() {
  return <AdditionalUse />;
}
