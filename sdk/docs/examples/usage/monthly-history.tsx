import { MonthlyHistory } from '@usagekit/react/usage-history';

export default function Example() {
  return <MonthlyHistory />;
}
