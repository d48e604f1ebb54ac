import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';
import { Button } from '../../parts/controls/button.tsx';
import { Icon } from '../../parts/icons/icon.tsx';
import { upIcon } from '../../parts/icons/up-icon.ts';

interface ListButtonProps {
  messages: Messages['taskTable'];
  onClick: () => void;
}

/** Lets the rows in that came while the table was read. Renders a `button`. Reads nothing. */
export function FreshButton({ count, format, messages, onClick }: ListButtonProps & FreshCount) {
  return (
    <Button kind="primary" className="uk-fresh-button" onClick={onClick}>
      <Icon drawing={upIcon} />
      {messages.showNew(count, format.number(count))}
    </Button>
  );
}

interface FreshCount {
  count: number;
  format: Format;
}

/** Loads the next page. Renders a `button`. Reads nothing. */
export function MoreButton({ isLoading, messages, onClick }: ListButtonProps & { isLoading: boolean }) {
  return (
    <Button kind="quiet" onClick={isLoading ? undefined : onClick} aria-disabled={isLoading || undefined}>
      {messages.loadMore}
    </Button>
  );
}

/** Leaves every filter. Renders a `button`. Reads nothing. */
export function ClearButton({ messages, onClick }: ListButtonProps) {
  return <Button onClick={onClick}>{messages.clearFilters}</Button>;
}
