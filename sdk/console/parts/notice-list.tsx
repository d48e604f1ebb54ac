import type { Notice } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { operator } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { linkTo } from '../place.ts';
import { Instant } from './instant.tsx';
import { type Column, List } from './list.tsx';
import { Empty, wordsOf } from './states.tsx';

/** Notices with their deliveries, and the way to send failed ones again. */
export function NoticeList({ accountId }: { accountId?: string }) {
  const [isDeadOnly, setDeadOnly] = useState(false);
  const [replayed, setReplayed] = useState<string>();
  const pages = usePages<Notice>(`${accountId ?? ''} ${isDeadOnly}`, (cursor, signal) =>
    operator.request({
      path: paths.notices,
      query: {
        limit: 50,
        cursor,
        ...(accountId === undefined ? {} : { accountId }),
        ...(isDeadOnly ? { status: 'dead' } : {}),
      },
      signal,
    }),
  );
  const columns: readonly Column<Notice>[] = [
    { name: 'When', cell: ({ body }) => <Instant at={body.timestamp} /> },
    { name: 'What', cell: ({ body }) => <span className="mono whole">{body.type}</span> },
    ...(accountId === undefined
      ? [
          {
            name: 'Account',
            cell: ({ accountId: id }: Notice) => (
              <a {...linkTo({ page: 'account', accountId: id, tab: 'notices' })}>{id}</a>
            ),
          },
        ]
      : []),
    { name: 'Sent', cell: (notice) => <Deliveries notice={notice} /> },
    {
      name: 'Actions',
      kind: 'actions',
      cell: (notice) =>
        notice.deliveries.some(({ status }) => status === 'dead') && (
          <Replay
            notice={notice}
            onDone={() => {
              setReplayed(notice.body.type);
              pages.reload();
            }}
          />
        ),
    },
  ];
  return (
    <section aria-label="Notices">
      <label className="check">
        <input type="checkbox" checked={isDeadOnly} onChange={(event) => setDeadOnly(event.target.checked)} />
        Only what was given up
      </label>
      <p className="hidden" role="status">
        {replayed !== undefined && `${replayed} is sent again`}
      </p>
      <List
        label="Notices"
        pages={pages}
        columns={columns}
        keyOf={({ accountId: id, id: noticeId }) => `${id} ${noticeId}`}
        empty={
          isDeadOnly ? (
            <Empty title="Nothing was given up" />
          ) : (
            <Empty title="No notices yet">
              Alerts, limits that were reached and payments that failed will stand here.
            </Empty>
          )
        }
      />
    </section>
  );
}

function Deliveries({ notice }: { notice: Notice }) {
  if (notice.deliveries.length === 0) return <span className="muted">nobody is to be told</span>;
  return (
    <ul className="deliveries">
      {notice.deliveries.map(({ channel, endpointId, status, attempts, lastFailure }) => (
        <li key={`${channel} ${endpointId}`}>
          <span className="pill" data-status={status}>
            {status}
          </span>{' '}
          {channel === 'mail' ? 'mail' : endpointId}
          <span className="muted">
            {' '}
            {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
            {lastFailure !== null && `: ${lastFailure}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Replay({ notice, onDone }: { notice: Notice; onDone: () => void }) {
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const replay = async () => {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    try {
      await operator.request({ method: 'POST', path: paths.replayNotice(notice.accountId, notice.id) });
      onDone();
    } catch (error) {
      setProblem(wordsOf(error));
      setSending(false);
    }
  };
  return (
    <>
      <button
        type="button"
        className="button small"
        aria-disabled={isSending}
        aria-label={`Replay ${notice.body.type}`}
        onClick={replay}
      >
        {isSending ? 'Sending…' : 'Replay'}
      </button>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
