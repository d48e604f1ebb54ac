import { act, type ComponentType, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { UsageKitClient } from '../../client/create-client.ts';
import { knownSetting } from '../../format/known-setting.ts';
import { UsageKitProvider, type UsageKitProviderProps } from '../../provider/usagekit-provider.tsx';
import { assertOptions } from '../mock/accepted.ts';
import { createUsageKitMock } from '../mock/create-usagekit-mock.ts';
import type { UsageKitMock, ViewerOptions } from '../mock/usagekit-mock.ts';
import { announceActWith } from './act-environment.ts';
import { forgetShown, rememberShown } from './cleanup.ts';

/** With which mock and for whom the provider is. */
export interface WrapperOptions extends ViewerOptions {
  /** @default a new mock of the scenario `healthy` */
  mock?: UsageKitMock;
  /** Further settings of the provider, such as `locale`. */
  provider?: Omit<UsageKitProviderProps, 'client' | 'session' | 'children'>;
  /** A wrapper around the provider, such as a router. */
  wrapper?: ComponentType<{ children: ReactNode }>;
}

const wrapperOptionNames = [
  'role',
  'accountId',
  'mock',
  'provider',
  'wrapper',
] as const satisfies readonly (keyof WrapperOptions)[];

/** With which mock and for whom it is rendered. */
export type RenderOptions = WrapperOptions;

/** What was rendered. */
export interface Rendered {
  /** The element that it was rendered into. */
  container: HTMLElement;
  /** The server that answers it. */
  mock: UsageKitMock;
  /** The client that it asks with. */
  client: UsageKitClient;
  /** Shows other things, or the same to another viewer. */
  rerender(ui: ReactNode, viewer?: ViewerOptions): void;
  /** Takes it out of the page. */
  unmount(): void;
}

/** The hook that runs, and what it gives. */
export interface RenderedHook<Result> {
  /** The hook's last result. */
  result: { readonly current: Result };
  /** The server that answers it. */
  mock: UsageKitMock;
  /** The client that it asks with. */
  client: UsageKitClient;
  /** Runs the hook again. */
  rerender(): void;
  /** Takes it out of the page. */
  unmount(): void;
}

/**
 * A component for the `wrapper` option of Testing Library's `render` and `renderHook`: a provider whose client asks the mock.
 *
 * @example
 * render(<Credits />, { wrapper: usageKitWrapper({ mock, role: 'member' }) });
 */
export function usageKitWrapper(options: WrapperOptions = {}): ComponentType<{ children?: ReactNode }> {
  assertOptions('usageKitWrapper', options, wrapperOptionNames);
  const { mock = createUsageKitMock() } = options;
  const client = clientIn(mock, options);
  announceActWith(changeInAct);
  return function UsageKitWrapper({ children }) {
    return <Shown {...options} mock={mock} client={client} viewer={options} ui={children} />;
  };
}

/**
 * Renders with a provider whose client asks the mock as a member of the given role, or as a visitor. It adds a container to the
 * document, so Testing Library's `screen` finds its content. If the runner's `afterEach` is global, or its set-up file is used,
 * the container is removed after the test; `cleanupUsageKit` removes it by hand.
 */
export function renderWithUsageKit(ui: ReactNode, options: RenderOptions = {}): Rendered {
  assertOptions('renderWithUsageKit', options, wrapperOptionNames);
  const { mock = createUsageKitMock() } = options;
  const client = clientIn(mock, options);
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  const show = (content: ReactNode, viewer: ViewerOptions) =>
    inAct(() => root.render(<Shown {...options} mock={mock} client={client} viewer={viewer} ui={content} />));

  function unmount() {
    if (!forgetShown(unmount)) return;
    inAct(() => root.unmount());
    container.remove();
  }

  rememberShown(unmount);
  announceActWith(changeInAct);
  show(ui, options);
  return { container, mock, client, unmount, rerender: (content, viewer = options) => show(content, viewer) };
}

/**
 * Runs a hook with a provider whose client asks the mock.
 *
 * @example
 * const { result, mock } = renderHook(() => useCreditBalance(), { role: 'member' });
 * await vi.waitFor(() => expect(result.current.status).toBe('ready'));
 */
export function renderHook<Result>(run: () => Result, options: RenderOptions = {}): RenderedHook<Result> {
  const result = {} as { current: Result };
  function Caller() {
    result.current = run();
    return null;
  }
  const { mock, client, rerender, unmount } = renderWithUsageKit(<Caller />, options);
  return { result, mock, client, unmount, rerender: () => rerender(<Caller />) };
}

/** The host makes tokens in the language of the page. */
function clientIn(mock: UsageKitMock, { provider = {} }: WrapperOptions): UsageKitClient {
  const locale = knownSetting('locale', provider.locale);
  return mock.client(locale === undefined ? {} : { language: locale });
}

interface ShownProps extends WrapperOptions {
  mock: UsageKitMock;
  client: UsageKitClient;
  viewer: ViewerOptions;
  ui: ReactNode;
}

/** The viewer alone, where the other options of a rendering came along. */
function viewerIn({ role, accountId }: ViewerOptions): ViewerOptions {
  return { ...(role !== undefined && { role }), ...(accountId !== undefined && { accountId }) };
}

function Shown({ mock, client, viewer, ui, provider, wrapper: Wrapper }: ShownProps) {
  const shown = (
    <UsageKitProvider timeZone="UTC" {...provider} client={client} session={mock.session(viewerIn(viewer))}>
      {ui}
    </UsageKitProvider>
  );
  return Wrapper ? <Wrapper>{shown}</Wrapper> : shown;
}

const scope = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

/** React asks for `act` to be announced; Testing Library does so by itself, and without it this does. */
function announce(): () => void {
  const before = scope.IS_REACT_ACT_ENVIRONMENT;
  scope.IS_REACT_ACT_ENVIRONMENT = true;
  return () => {
    if (before !== undefined) scope.IS_REACT_ACT_ENVIRONMENT = before;
    else delete scope.IS_REACT_ACT_ENVIRONMENT;
  };
}

function inAct(run: () => void): void {
  const restore = announce();
  try {
    act(run);
  } finally {
    restore();
  }
}

async function changeInAct(run: () => Promise<void>): Promise<void> {
  const restore = announce();
  try {
    await act(run);
  } finally {
    restore();
  }
}
