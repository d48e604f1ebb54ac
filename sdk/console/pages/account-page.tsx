import { UsageKitProvider } from '@usagekit/react';
import type { Account, Member } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useMemo, useState } from 'react';
import { type AccountAction, AccountHead } from '../account/account-head.tsx';
import { GrantsTab } from '../account/grants-tab.tsx';
import { LedgerTab } from '../account/ledger-tab.tsx';
import { MemberTab } from '../account/member-tab.tsx';
import { PaymentsTab } from '../account/payments-tab.tsx';
import { AdjustDialog } from '../actions/adjust-dialog.tsx';
import { ClockDialog } from '../actions/clock-dialog.tsx';
import { GrantDialog } from '../actions/grant-dialog.tsx';
import { memberClient, operator } from '../api/client.ts';
import type { ConsoleSession } from '../api/session.ts';
import { useLoad } from '../api/use-load.ts';
import { NoticeList } from '../parts/notice-list.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { type AccountTab, linkTo } from '../place.ts';

const tabs: readonly { tab: AccountTab; label: string }[] = [
  { tab: 'member', label: 'As its user' },
  { tab: 'ledger', label: 'Ledger' },
  { tab: 'grants', label: 'Grants' },
  { tab: 'payments', label: 'Payments' },
  { tab: 'notices', label: 'Webhooks' },
];

interface AccountPageProps {
  accountId: string;
  tab: AccountTab;
  session: ConsoleSession;
}

interface Known {
  account: Account;
  members: Member[];
}

/** One account: as its user sees it, what moved its balance, what it paid, and what may be done by hand. */
export function AccountPage({ accountId, tab, session }: AccountPageProps) {
  const known = useLoad<Known>(accountId, async (signal) => {
    const [account, members] = await Promise.all([
      operator.request({ path: paths.account(accountId), signal }),
      operator.request({ path: paths.members(accountId), query: { limit: 200 }, signal }),
    ]);
    return { account, members: members.items };
  });
  return (
    <>
      <nav className="crumbs" aria-label="Where this is">
        <a {...linkTo({ page: 'accounts' })}>Accounts</a>
      </nav>
      {known.data === undefined ? (
        known.error === undefined ? (
          <Loading what="the account" />
        ) : (
          <Failed error={known.error} onRetry={known.reload} />
        )
      ) : (
        <KnownAccount {...known.data} tab={tab} session={session} onChange={known.reload} />
      )}
    </>
  );
}

interface KnownAccountProps extends Known {
  tab: AccountTab;
  session: ConsoleSession;
  onChange: () => void;
}

const rank = ['owner', 'super_admin', 'admin', 'manager', 'member', 'viewer'];

function KnownAccount({ account, members, tab, session, onChange }: KnownAccountProps) {
  const [action, setAction] = useState<AccountAction>();
  /** Counts the actions on this page, so that lists are loaded again. */
  const [changes, setChanges] = useState(0);
  const sorted = useMemo(
    () => [...members].sort((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role)),
    [members],
  );
  const [memberId, setMemberId] = useState(sorted[0]?.id);
  const client = memberId === undefined ? operator : memberClient(account.id, memberId);
  const done = () => {
    setAction(undefined);
    setChanges((before) => before + 1);
    onChange();
  };
  const close = () => setAction(undefined);
  return (
    <UsageKitProvider
      client={client}
      session={{ accountId: account.id, ...(memberId === undefined ? {} : { memberId }) }}
      locale="en"
      timeZone={account.timeZone}
    >
      <AccountHead account={account} isTestMode={session.mode === 'test'} onAction={setAction} />
      <nav className="tabs" aria-label="Account">
        {tabs.map((one) => (
          <a
            key={one.tab}
            className="tab"
            {...linkTo({ page: 'account', accountId: account.id, tab: one.tab })}
            aria-current={one.tab === tab ? 'page' : undefined}
          >
            {one.label}
          </a>
        ))}
      </nav>
      {tab === 'member' && <MemberTab members={sorted} memberId={memberId} onMember={setMemberId} />}
      {tab === 'ledger' && <LedgerTab account={account} changes={changes} onChange={done} />}
      {tab === 'grants' && <GrantsTab account={account} changes={changes} />}
      {tab === 'payments' && <PaymentsTab account={account} changes={changes} onChange={done} />}
      {tab === 'notices' && <NoticeList accountId={account.id} />}
      {action === 'grant' && <GrantDialog account={account} onDone={done} onClose={close} />}
      {action === 'adjust' && <AdjustDialog account={account} onDone={done} onClose={close} />}
      {action === 'clock' && account.testClockId !== null && (
        <ClockDialog clockId={account.testClockId} onDone={done} onClose={close} />
      )}
    </UsageKitProvider>
  );
}
