'use client';
import type { Format } from '../../../format/create-format.ts';
import { taskToolsMessages } from '../../../messages/tasks/task-tools.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Button } from '../../parts/controls/button.tsx';
import { Icon } from '../../parts/icons/icon.tsx';
import { upIcon } from '../../parts/icons/up-icon.ts';
import { EmptyState } from '../../states/empty-state.tsx';

const useTexts = () => useMessages('taskTools', taskToolsMessages);

interface ListButtonProps {
  onClick: () => void;
}

/** Lets the rows in that came while the table was read. Renders a `button`. Reads messages. */
export function FreshButton({ count, format, onClick }: ListButtonProps & FreshCount) {
  const messages = useTexts();
  return (
    <Button
      kind="primary"
      className="uk-fresh-button"
      onClick={({ currentTarget }) => {
        // The button goes; the keyboard stays at the rows that it let in.
        currentTarget.closest('.uk-card')?.querySelector<HTMLElement>('.uk-scroll')?.focus();
        onClick();
      }}
    >
      <Icon drawing={upIcon} />
      {messages.showNew(count, format.number(count))}
    </Button>
  );
}

interface FreshCount {
  count: number;
  format: Format;
}

/** Loads the next page. Renders a `button`. Reads messages. */
export function MoreButton({ isLoading, onClick }: ListButtonProps & { isLoading: boolean }) {
  const messages = useTexts();
  return (
    <Button kind="quiet" onClick={isLoading ? undefined : onClick} aria-disabled={isLoading || undefined}>
      {messages.loadMore}
    </Button>
  );
}

/** Stands where no task fits the filters, with a button that leaves every filter. Renders a `div`. Reads messages. */
export function NoneFits({ onClick }: ListButtonProps) {
  const { noneTitle, noneDetail, clearFilters } = useTexts();
  return (
    <EmptyState
      title={noneTitle}
      detail={noneDetail}
      action={<Button onClick={onClick}>{clearFilters}</Button>}
    />
  );
}
