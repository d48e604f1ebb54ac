import { Seats } from '@usagekit/react/seats';

export default function Example() {
  return <Seats />;
}
