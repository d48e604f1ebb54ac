import type { Account } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useEffect, useRef, useState } from 'react';
import { operator } from '../api/client.ts';
import { type ListPage, usePages } from '../api/use-pages.ts';
import { Heading } from '../parts/heading.tsx';
import { Instant } from '../parts/instant.tsx';
import { type Column, List } from '../parts/list.tsx';
import { Empty } from '../parts/states.tsx';
import { goTo, linkTo } from '../place.ts';

const searchPauseMs = 200;

const columns: readonly Column<Account>[] = [
  {
    name: 'Account',
    cell: ({ id, name }) => (
      <a className="row-link" {...linkTo({ page: 'account', accountId: id, tab: 'member' })}>
        <bdi>{name}</bdi>
      </a>
    ),
  },
  { name: 'Id', cell: ({ id }) => <span className="mono">{id}</span> },
  { name: 'Plan', cell: ({ planId }) => planId },
  { name: 'Kind', kind: 'wide', cell: ({ kind }) => kind },
  { name: 'Created', kind: 'wide', cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

export function AccountsPage() {
  const [text, setText] = useState('');
  const search = useLater(text.trim(), searchPauseMs);
  const field = useRef<HTMLInputElement>(null);
  const pages = usePages<Account>(
    search,
    (cursor, signal) => loadAccounts(search, cursor, signal),
    search === '' ? {} : { atLeast: 20 },
  );
  useSlash(() => field.current?.focus());

  // Who types and presses Enter need not wait for the answer: the first account opens once it is there.
  const [isOpening, setOpening] = useState(false);
  const firstId = text.trim() === search ? pages.items[0]?.id : undefined;
  useEffect(() => {
    if (isOpening && firstId !== undefined) goTo({ page: 'account', accountId: firstId, tab: 'member' });
  }, [isOpening, firstId]);

  return (
    <>
      <Heading title="Accounts" />
      <search>
        <form
          className="search"
          onSubmit={(event) => {
            event.preventDefault();
            setOpening(text.trim() !== '');
          }}
        >
          <label htmlFor="search" className="hidden">
            Search by name or id
          </label>
          <input
            ref={field}
            id="search"
            type="search"
            placeholder="Search by name or id"
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setOpening(false);
              setText(event.target.value);
            }}
          />
          <kbd title="The slash key leads here">/</kbd>
        </form>
      </search>
      <p className="hidden" role="status">
        {pages.isLoading ? '' : `${pages.items.length}${pages.more ? ' or more' : ''} accounts`}
      </p>
      <List
        label="Accounts"
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          search === '' ? (
            <Empty title="No accounts yet">
              An account is made when your backend sends PUT /v1/accounts/{'{id}'}.
            </Empty>
          ) : (
            <Empty title="No account has this in its name or id">
              “{search}” was looked for in all accounts.
            </Empty>
          )
        }
      />
    </>
  );
}

/** The account with exactly this id stands first, however many others match. */
async function loadAccounts(
  search: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ListPage<Account>> {
  if (search === '') return operator.request({ path: paths.accounts, query: { limit: 50, cursor }, signal });
  const query = { search, limit: 50, cursor };
  const listed = operator.request({ path: paths.accounts, query, signal });
  if (cursor !== undefined) {
    const page = await listed;
    return { ...page, items: page.items.filter(({ id }) => id !== search) };
  }
  const exact = operator.request({ path: paths.account(search), signal }).catch(() => undefined);
  const [page, first] = await Promise.all([listed, exact]);
  if (first === undefined) return page;
  return { ...page, items: [first, ...page.items.filter(({ id }) => id !== first.id)] };
}

function useLater(value: string, pauseMs: number): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return later;
}

/** Runs where the slash key is pressed outside of any field. */
function useSlash(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || isTyping || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
