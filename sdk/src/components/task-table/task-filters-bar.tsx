import type { Messages } from '../../messages/messages.ts';
import { Segments } from '../parts/segments.tsx';
import type { TaskFilter } from './task-table-view.tsx';

export interface TaskFiltersBarProps {
  filter: TaskFilter;
  onFilterChange: (filter: TaskFilter) => void;
  agentIds: string[];
  messages: Messages['taskTable'];
}

const ranges = ['any', 'day', 'week', 'month'] as const;

const statuses = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

/** The filters by status, agent and time. Renders a group of toggle buttons and two `select`s. Reads nothing. */
export function TaskFiltersBar({ filter, onFilterChange, agentIds, messages }: TaskFiltersBarProps) {
  const segments = [
    { value: 'all' as const, label: messages.all },
    ...statuses.map((value) => ({ value, label: messages.status[value] })),
  ];
  return (
    <div className="uk-task-filters">
      <Segments
        label={messages.statusFilter}
        segments={segments}
        value={filter.status}
        onChange={(status) => onFilterChange({ ...filter, status })}
      />
      <div className="uk-task-selects">
        {agentIds.length > 0 && (
          <select
            className="uk-select"
            aria-label={messages.agentFilter}
            value={filter.agentId}
            onChange={(event) => onFilterChange({ ...filter, agentId: event.target.value })}
          >
            <option value="all">{messages.everyAgent}</option>
            {agentIds.map((agentId) => (
              <option key={agentId} value={agentId}>
                {agentId}
              </option>
            ))}
          </select>
        )}
        <select
          className="uk-select"
          aria-label={messages.rangeFilter}
          value={filter.range}
          onChange={(event) =>
            onFilterChange({ ...filter, range: event.target.value as TaskFilter['range'] })
          }
        >
          {ranges.map((range) => (
            <option key={range} value={range}>
              {messages.ranges[range]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
