'use client';
import {
  type ComponentType,
  type CSSProperties,
  createContext,
  type ForwardedRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type PropsWithoutRef,
  type ReactNode,
  type RefAttributes,
  useContext,
  useMemo,
} from 'react';
import type { MessageOverrides } from '../../messages/messages.ts';
import { WidgetMessagesContext } from '../../messages/use-messages.ts';
import { classOf, type PartName } from './part-names.ts';

/** What a host may put in place of a widget's states, or around what it shows. */
export interface WidgetSlots {
  /** Above everything in the widget. */
  before?: ReactNode;
  /** Beneath everything in the widget. */
  after?: ReactNode;
  /** In place of the grey blocks while the first figures are on their way. */
  loading?: ReactNode;
  /** In place of what says that loading failed; a component is given `retry`. */
  error?: ComponentType<{ retry: () => Promise<void> }>;
  /** In place of what says that there is nothing yet. */
  empty?: ReactNode;
  /** In place of what says that the role does not include this. */
  notPermitted?: ReactNode;
}

/** What every widget takes from its host, beside `ref` and `data-*` attributes, which reach its root. */
export interface WidgetProps {
  /** Added to the root's own class. */
  className?: string | undefined;
  /** Of the root. A strict content policy keeps it from a page that the server renders. */
  style?: CSSProperties | undefined;
  id?: string | undefined;
  /** Level of the widget's heading, 2 by default; headings within it are one lower. */
  headingLevel?: 2 | 3 | 4 | 5 | undefined;
  /** Classes to add to parts by name: `{ button: 'btn', title: 'font-serif' }`. */
  classNames?: Partial<Record<PartName, string>> | undefined;
  slots?: WidgetSlots | undefined;
  /** Texts of this one widget, in place of the provider's: `{ creditBalance: { title: 'Points' } }`. */
  messages?: MessageOverrides | undefined;
}

interface RootAttributes {
  ref?: ForwardedRef<HTMLDivElement>;
  className?: string;
  id?: string;
  style?: CSSProperties;
  [data: `data-${string}`]: unknown;
}

interface WidgetSettings {
  /** Of the root, until one has taken them. */
  root: RootAttributes;
  classNames: Partial<Record<PartName, string>>;
  slots: WidgetSlots;
}

const none: WidgetSettings = { root: {}, classNames: {}, slots: {} };

const WidgetContext = createContext<WidgetSettings>(none);

/** A widget as its host sees it. */
export type Widget<Props> = ForwardRefExoticComponent<PropsWithoutRef<Props> & RefAttributes<HTMLDivElement>>;

/**
 * Makes a component a widget: its root takes the host's `ref`, `className`, `style`, `id` and `data-*`; its parts take
 * `classNames`, its states `slots`, its texts `messages`. A widget within a widget keeps the outer one's, and adds its own.
 */
export function asWidget<Props extends object>(
  Body: (props: Props) => ReactNode,
): Widget<Props & WidgetProps> {
  const Named = forwardRef<HTMLDivElement, Props & WidgetProps>(function UsageKitWidget(props, ref) {
    const outer = useContext(WidgetContext);
    const { className, style, id, classNames, slots, messages, ...rest } = props as WidgetProps;
    const outerMessages = useContext(WidgetMessagesContext);
    const root: RootAttributes = { ...outer.root };
    if (className) root.className = joined(outer.root.className, className);
    if (style) root.style = style;
    if (id !== undefined) root.id = id;
    if (ref) root.ref = ref;
    for (const [name, value] of Object.entries(rest)) {
      if (name.startsWith('data-')) root[name as `data-${string}`] = value;
    }
    const widget = (
      <WidgetContext.Provider
        value={{
          root,
          classNames: { ...outer.classNames, ...classNames },
          slots: { ...outer.slots, ...slots },
        }}
      >
        <Body {...(rest as Props)} />
      </WidgetContext.Provider>
    );
    return messages ? (
      <WidgetMessagesContext.Provider value={{ ...outerMessages, ...messages }}>
        {widget}
      </WidgetMessagesContext.Provider>
    ) : (
      widget
    );
  });
  Named.displayName = Body.name;
  return Named as unknown as Widget<Props & WidgetProps>;
}

/** What the host gave for the root; only the first root of a widget gets it. */
export function useRootAttributes(): RootAttributes {
  return useContext(WidgetContext).root;
}

/** Stands within a root, so that a root further in does not take the host's attributes too. */
export function WithinRoot({ children }: { children: ReactNode }) {
  const settings = useContext(WidgetContext);
  const within = useMemo(() => {
    const { before: _before, after: _after, ...slots } = settings.slots;
    return { ...settings, root: {}, slots };
  }, [settings]);
  return <WidgetContext.Provider value={within}>{children}</WidgetContext.Provider>;
}

/** Gives a part's class with what the host adds to it, and `more` of the kit's own classes in between. */
export function usePartClass(): (part: PartName, ...more: (string | false | undefined)[]) => string {
  const { classNames } = useContext(WidgetContext);
  return (part, ...more) => joined(classOf(part), ...more, classNames[part]);
}

export function useSlots(): WidgetSlots {
  return useContext(WidgetContext).slots;
}

/** The names that are there, with spaces between. */
export function joined(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
