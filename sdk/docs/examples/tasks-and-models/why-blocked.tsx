import { WhyBlocked } from '@usagekit/react/why-blocked';

export default function Example() {
  return <WhyBlocked />;
}
