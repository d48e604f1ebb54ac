import { useTasks } from '@usagekit/react';
import { formatCredits } from '../format-credits.ts';
import { followLink } from '../use-path.ts';

const statusWords = {
  pending: 'Waiting',
  in_progress: 'Running',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** The last five tasks, live. */
export function RecentTasks() {
  const { data } = useTasks({ limit: 5 });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="recent" aria-labelledby="recent">
      <header>
        <h2 id="recent">Recent tasks</h2>
        <a href="/usage" onClick={followLink}>
          All tasks
        </a>
      </header>
      <ul>
        {data.items.slice(0, 5).map(({ id, name, status, cost, held }) => (
          <li key={id} data-status={status}>
            <span className="recent-name">{name}</span>
            <span className="recent-status">{statusWords[status]}</span>
            <span className="recent-cost">
              {status !== 'pending' && formatCredits((status === 'in_progress' ? held : cost) ?? '0')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
