import { AddOns } from '@usagekit/react/add-ons';

export default function Example() {
  return <AddOns />;
}
