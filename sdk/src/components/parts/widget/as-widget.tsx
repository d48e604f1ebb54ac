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
import type { MessageOverrides } from '../../../messages/messages.ts';
import { HostChoicesContext } from '../../../provider/host-choices.ts';
import { classOf, type PartName } from './part-names.ts';

/** Content that a host may put in place of a widget's states, or around its content. */
export interface WidgetSlots {
  /** Above everything in the widget. */
  before?: ReactNode;
  /** Beneath everything in the widget. */
  after?: ReactNode;
  /** In place of the grey blocks while the first figures are on their way. */
  loading?: ReactNode;
  /** In place of what says that loading failed; a component is given `retry`. */
  error?: ComponentType<{ retry: () => Promise<void> }>;
  /** In place of the empty state. */
  empty?: ReactNode;
  /** In place of what says that the role does not include this. */
  notPermitted?: ReactNode;
}

/** The props of every widget, in addition to `ref` and `data-*` attributes, which reach its root. */
export interface WidgetProps {
  /** Added to the root's own class. */
  className?: string | undefined;
  /** Style of the root. A strict content policy blocks it in pages rendered by a server. */
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
  [attribute: string]: unknown;
}

interface RootSettings {
  /** Props for the root, until a root has taken them. */
  attributes: RootAttributes;
  slots: WidgetSlots;
}

const RootContext = createContext<RootSettings>({ attributes: {}, slots: {} });

/** A widget as its host sees it. */
export type Widget<Props> = ForwardRefExoticComponent<PropsWithoutRef<Props> & RefAttributes<HTMLDivElement>>;

/**
 * Makes a component a widget: its root takes the host's `ref`, `className`, `style`, `id` and `data-*`; its parts take
 * `classNames`, its states `slots`, its texts `messages`. A widget within a widget keeps the outer one's, and adds its own.
 */
export function asWidget<Props extends object>(
  Body: (props: Props) => ReactNode,
): Widget<Props & WidgetProps> {
  const Named = forwardRef<HTMLDivElement, Props & WidgetProps>((props, ref) => {
    const outer = useContext(RootContext);
    const { className, classNames, slots, messages }: WidgetProps = props;
    const attributes: RootAttributes = { ...outer.attributes };
    const rest: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(props)) {
      if (/^(data-.+|style|id|className)$/.test(name)) attributes[name] = value;
      else rest[name] = value;
    }
    attributes.className = joined(outer.attributes.className, className);
    if (ref) attributes.ref = ref;
    const given = useContext(HostChoicesContext);
    const choices = useMemo(
      () => ({
        classNames: { ...given.classNames, ...classNames },
        messages: { ...given.messages, ...messages },
      }),
      [given, classNames, messages],
    );
    return (
      <RootContext.Provider value={{ attributes, slots: { ...outer.slots, ...slots } }}>
        <HostChoicesContext.Provider value={choices}>
          <Body {...(rest as Props)} />
        </HostChoicesContext.Provider>
      </RootContext.Provider>
    );
  });
  Named.displayName = Body.name;
  return Named as unknown as Widget<Props & WidgetProps>;
}

/** The host's props for the root; only the first root of a widget gets them. */
export function useRootAttributes(): RootAttributes {
  return useContext(RootContext).attributes;
}

/** Stands within a root, so that a root further in takes neither the host's attributes nor what stands around it. */
export function WithinRoot({ children }: { children: ReactNode }) {
  const { before: _before, after: _after, ...slots } = useSlots();
  return <RootContext.Provider value={{ attributes: {}, slots }}>{children}</RootContext.Provider>;
}

/** What a root holds: the host's `before`, what the widget shows, the host's `after`. */
export function RootContent({ children }: { children: ReactNode }) {
  const { before, after } = useSlots();
  return (
    <WithinRoot>
      {before}
      {children}
      {after}
    </WithinRoot>
  );
}

/** Gives a part's class with what the host adds to it, and `more` of the kit's own classes in between. */
export function usePartClass(): (part: PartName, ...more: (string | false | undefined)[]) => string {
  const { classNames } = useContext(HostChoicesContext);
  return (part, ...more) => joined(classOf(part), ...more, classNames[part]);
}

export function useSlots(): WidgetSlots {
  return useContext(RootContext).slots;
}

/** The names or sentences that are there, with spaces between. */
export function joined(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
