import {
  BillingBanner,
  CreditBalance,
  createClient,
  PlanCard,
  TaskTable,
  UsageKitProvider,
  UsagePanel,
  WhyBlocked,
} from '@usagekit/react';
import { styles } from '@usagekit/react/styles';
import { createRoot } from 'react-dom/client';

// The page of a host whose UsageKit server stands on another origin. `?server=` names it; `?widgets=100` fills the page.
const parameters = new URLSearchParams(location.search);

const client = createClient({
  baseUrl: parameters.get('server') ?? '',
  getToken: () => fetch('/token').then((response) => response.json()),
});

function Page() {
  return (
    <>
      <BillingBanner />
      <UsagePanel />
      <PlanCard />
      <CreditBalance />
      <TaskTable />
      <WhyBlocked />
    </>
  );
}

const kinds = [CreditBalance, PlanCard, CreditBalance, UsagePanel, TaskTable];

function ManyWidgets({ count }: { count: number }) {
  const ids = Array.from({ length: count }, (_, place) => `widget-${place}`);
  return ids.map((id, place) => {
    const Kind = kinds[place % kinds.length] ?? CreditBalance;
    return <Kind key={id} id={id} />;
  });
}

const count = Number(parameters.get('widgets') ?? '0');
document.head.appendChild(document.createElement('style')).textContent = styles;
createRoot(document.body.appendChild(document.createElement('main'))).render(
  <UsageKitProvider client={client} session={{ accountId: 'acme', memberId: 'owner' }}>
    {count > 0 ? <ManyWidgets count={count} /> : <Page />}
  </UsageKitProvider>,
);
