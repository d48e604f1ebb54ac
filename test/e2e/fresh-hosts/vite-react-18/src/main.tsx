import { createClient, type UsageKitError, UsageKitProvider, useCreditBalance } from '@usagekit/react';
import { CreditBalance } from '@usagekit/react/credit-balance';
import { Gate } from '@usagekit/react/gate';
import { de } from '@usagekit/react/messages/de';
import { PlanCard } from '@usagekit/react/plan-card';
import { PurchaseDialog } from '@usagekit/react/purchase-dialog';
import { TaskTable } from '@usagekit/react/task-table';
import { UsagePanel } from '@usagekit/react/usage-panel';
import '@usagekit/react/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const usageKit = createClient({ baseUrl: import.meta.env.VITE_USAGEKIT_URL });

function Credits() {
  const { status, data, error } = useCreditBalance();
  const problem: UsageKitError | undefined = error;
  return <p data-testid="hook">{problem?.code ?? `${status} ${data?.available}`}</p>;
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <UsageKitProvider client={usageKit} session={{ accountId: 'acme' }} locale="de-DE" messages={de}>
      <Credits />
      <CreditBalance purchaseDialog={PurchaseDialog} className="balance" data-host="vite" />
      <PlanCard />
      <UsagePanel />
      <TaskTable />
      <Gate use={{ items: [{ metric: 'workflow_runs', quantity: '1' }] }}>
        <button type="button">Start it</button>
      </Gate>
    </UsageKitProvider>
  </StrictMode>,
);
