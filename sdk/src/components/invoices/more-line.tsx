'use client';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PagedResource } from '../../hooks/base/use-pages.ts';
import type { Messages } from '../../messages/messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';

export interface MoreLineProps {
  more: Omit<PagedResource<unknown>, keyof Resource<unknown>>;
  messages: Messages['invoices'];
}

/** The way to the next page of a list, where there is one. Renders a `p`. Reads nothing. */
export function MoreLine({ more, messages }: MoreLineProps) {
  return (
    <>
      {more.hasMore && (
        <p className="uk-activity-more">
          <LinkButton onClick={() => void more.loadMore()} aria-disabled={more.isLoadingMore || undefined}>
            {more.isLoadingMore ? messages.loadingMore : messages.more}
          </LinkButton>
        </p>
      )}
      {more.loadMoreError && (
        <p className="uk-problem" role="alert">
          {messages.moreFailed}
        </p>
      )}
    </>
  );
}
