import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { UsageKitClient } from '../client/create-client.ts';
import { UsageKitProvider, type UsageKitProviderProps } from '../provider/usagekit-provider.tsx';
import { createUsageKitMock, type UsageKitMock, type ViewerOptions } from './create-usagekit-mock.ts';

export interface RenderOptions extends ViewerOptions {
  /** @default a new mock of the scenario `healthy` */
  mock?: UsageKitMock;
  /** Further settings of the provider, such as `locale`. */
  provider?: Omit<UsageKitProviderProps, 'client' | 'session' | 'children'>;
}

export interface Rendered {
  container: HTMLElement;
  mock: UsageKitMock;
  client: UsageKitClient;
  /** Shows other things, or the same to another viewer. */
  rerender(ui: ReactNode, viewer?: ViewerOptions): void;
  unmount(): void;
}

const shown = new Set<() => void>();

/**
 * Renders with a provider whose client asks the mock as a member of that role, or as a visitor. It puts a container into
 * the document, so Testing Library's `screen` finds what is in it; where the runner's `afterEach` is a global, it is
 * taken away after the test, and `cleanupUsageKit` does that by hand.
 */
export function renderWithUsageKit(ui: ReactNode, options: RenderOptions = {}): Rendered {
  const { mock = createUsageKitMock(), provider } = options;
  const client = mock.client();
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);

  function show(content: ReactNode, viewer: ViewerOptions) {
    inAct(() =>
      root.render(
        <UsageKitProvider timeZone="UTC" {...provider} client={client} session={mock.session(viewer)}>
          {content}
        </UsageKitProvider>,
      ),
    );
  }

  function unmount() {
    if (!shown.delete(unmount)) return;
    inAct(() => root.unmount());
    container.remove();
  }

  shown.add(unmount);
  show(ui, options);
  return { container, mock, client, unmount, rerender: (content, viewer = options) => show(content, viewer) };
}

/** Takes away all that `renderWithUsageKit` put into the document. */
export function cleanupUsageKit(): void {
  for (const unmount of [...shown]) unmount();
}

(globalThis as { afterEach?: (run: () => void) => unknown }).afterEach?.(cleanupUsageKit);

/** React asks for `act` to be announced; Testing Library does so by itself, and without it this does. */
function inAct(run: () => void) {
  const scope = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  const before = scope.IS_REACT_ACT_ENVIRONMENT;
  scope.IS_REACT_ACT_ENVIRONMENT = true;
  try {
    act(run);
  } finally {
    if (before !== undefined) scope.IS_REACT_ACT_ENVIRONMENT = before;
    else delete scope.IS_REACT_ACT_ENVIRONMENT;
  }
}
