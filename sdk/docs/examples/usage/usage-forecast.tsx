import { UsageForecast } from '@usagekit/react/usage-forecast';

export default function Example() {
  return <UsageForecast />;
}
