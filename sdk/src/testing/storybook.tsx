import { type ComponentType, type ReactElement, useEffect, useMemo, useState } from 'react';
import { UsageKitProvider, type UsageKitProviderProps } from '../provider/usagekit-provider.tsx';
import { memberRoles } from './accounts/member-roles.ts';
import { createUsageKitMock } from './mock/create-usagekit-mock.ts';
import type { MockOptions, MockViewer, ScenarioChoice } from './mock/usagekit-mock.ts';
import { type ScenarioName, scenarios } from './scenarios/scenarios.ts';

/** The fields of a story's `parameters.usageKit`. */
export interface UsageKitParameters extends Omit<MockOptions, 'afterEach' | 'allowInProduction'> {
  /** Whose view the story shows; an owner by default. */
  role?: MockViewer;
  /** Props for the provider around the story. */
  provider?: Omit<UsageKitProviderProps, 'client' | 'session' | 'children'>;
}

/** The part of a story's context that is used. */
export interface StoryContext {
  /** Id of the story. */
  id?: string;
  /** Parameters of the story. */
  parameters: { usageKit?: UsageKitParameters };
  /** What the toolbar of Storybook has chosen. */
  globals: Record<string, unknown>;
}

const spans = { now: 0, 'in an hour': 1 / 24, tomorrow: 1, 'in a week': 7, 'in a month': 31 } as const;

/**
 * The toolbar's controls, for `globalTypes` of a preview: scenario, role, and how far the clock has moved on. What a story says by
 * itself holds where the toolbar says 'as the story says'.
 *
 * @example
 * // .storybook/preview.ts
 * export default { decorators: [usageKitDecorator], globalTypes: usageKitGlobalTypes };
 */
export const usageKitGlobalTypes = {
  usageKitScenario: control('Scenario', 'database', ['', ...Object.keys(scenarios)]),
  usageKitRole: control('Role', 'user', ['', ...memberRoles, 'visitor']),
  usageKitTime: control('Time', 'time', Object.keys(spans)),
};

function control(name: string, icon: string, values: string[]) {
  const items = values.map((value) => ({ value, title: value === '' ? 'as the story says' : value }));
  return {
    name: `UsageKit: ${name}`,
    description: `${name} of the mock`,
    defaultValue: values[0],
    toolbar: { title: name, icon, items, dynamicTitle: true },
  };
}

/** Shows a story with a provider on a mock of its own, which is made again when the toolbar changes its scenario, role or time. */
export function usageKitDecorator(Story: ComponentType, context: StoryContext): ReactElement {
  const { usageKitScenario, usageKitRole, usageKitTime } = context.globals;
  const { role, provider, ...parameters } = context.parameters.usageKit ?? {};
  const shown = {
    ...parameters,
    ...(usageKitScenario ? { scenario: usageKitScenario as ScenarioName } : {}),
  };
  const viewer = (usageKitRole || role || 'owner') as MockViewer;
  const key = [context.id, usageKitScenario, viewer, usageKitTime].join(' ');
  const days = spans[(usageKitTime ?? 'now') as keyof typeof spans] ?? 0;
  return (
    <StoryOnMock key={key} options={shown} viewer={viewer} days={days} provider={provider} Story={Story} />
  );
}

interface StoryOnMockProps {
  options: { scenario?: ScenarioChoice } & MockOptions;
  viewer: MockViewer;
  days: number;
  provider: UsageKitParameters['provider'];
  Story: ComponentType;
}

function StoryOnMock({ options, viewer, days, provider, Story }: StoryOnMockProps) {
  // The component is made again, by its key, for whatever the mock follows from.
  const [mock] = useState(() => createUsageKitMock({ ...options, allowInProduction: true }));
  const client = useMemo(() => mock.client(), [mock]);
  useEffect(() => {
    if (days > 0) void mock.clock.advance({ days });
  }, [mock, days]);
  useEffect(() => () => void mock.close(), [mock]);
  return (
    <UsageKitProvider {...provider} client={client} session={mock.session({ role: viewer })}>
      <Story />
    </UsageKitProvider>
  );
}
