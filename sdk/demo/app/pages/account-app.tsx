import type { AccountPage } from '@usagekit/react';
import { BillingBanner } from '@usagekit/react';
import { BillingPage, type BillingSection } from '@usagekit/react/billing-page';
import { TasksPage } from '@usagekit/react/tasks-page';
import { UsagePage } from '@usagekit/react/usage-page';
import type { Action } from '@usagekit/server/contract';
import type { FieldnoteSession } from '../fieldnote-api.ts';
import { Brand } from '../parts/brand.tsx';
import { goTo, usePath } from '../use-path.ts';

const pages = { usage: '/usage', tasks: '/tasks', billing: '/billing' } satisfies Record<AccountPage, string>;
const onPage = (page: AccountPage) => goTo(pages[page]);

/** A plan that is to end is kept where the plans are; all else that a banner tells is about payment. */
const leadOn = ({ kind }: Action) => goTo(kind === 'manage_plan' ? '/plans' : '/billing/payment');

const addressOf = (section: BillingSection) =>
  section === 'overview' ? '/billing' : section === 'plans' ? '/plans' : `/billing/${section}`;
const sections = ['overview', 'credits', 'invoices', 'payment', 'plans'] as const;

/** A product that takes the kit's pages whole: usage, tasks and billing, each with an address of its own. */
export function AccountApp({ session }: { session: FieldnoteSession }) {
  const { product, account, member } = session;
  const path = usePath();
  const section = sections.find((each) => addressOf(each) === path);
  return (
    <div className="account">
      <header className="account-head">
        <Brand name={product} />
        <p className="who">
          <span className="who-account">{account.name}</span>
          <span>{member?.name ?? 'Visitor'}</span>
        </p>
      </header>
      <main>
        {!member ? (
          <p className="lead">A visitor has no account here, and none of these pages.</p>
        ) : (
          <>
            <BillingBanner className="banner" onAction={leadOn} />
            {section ? (
              <BillingPage
                pages={pages}
                onPage={onPage}
                section={section}
                hrefOf={addressOf}
                onSection={(next) => goTo(addressOf(next))}
              />
            ) : path === '/tasks' ? (
              <TasksPage pages={pages} onPage={onPage} timeZone={account.timeZone} />
            ) : (
              <UsagePage pages={pages} onPage={onPage} />
            )}
          </>
        )}
      </main>
    </div>
  );
}
