import { readFileSync } from 'node:fs';
import { optionalParts } from '../../src/components/parts/widget/optional-parts.ts';
import { type ExampleName, examples } from '../site/examples.ts';
import { asMdx, cell, code, table } from './markdown.ts';
import { firstSentence, type Page } from './page.ts';
import type { Declared, Member } from './read-types.ts';

/** Components by what a reader looks for. Each stands in one group, and its example in the folder of the same name. */
export const componentGroups: { title: string; names: ExampleName[] }[] = [
  {
    title: 'Usage',
    names: [
      'UsagePanel',
      'UsageHistory',
      'MonthlyHistory',
      'UsageForecast',
      'Meter',
      'BudgetBar',
      'LimitEditor',
      'AlertEditor',
      'MemberAllocations',
    ],
  },
  { title: 'Credits', names: ['CreditBalance', 'PurchaseDialog', 'AutoTopUp', 'ActivityLog'] },
  {
    title: 'Plan',
    names: ['PlanCard', 'PlanComparison', 'PlanLimits', 'Seats', 'AddOns', 'DedicatedIps', 'AdditionalUse'],
  },
  {
    title: 'Billing',
    names: ['Invoices', 'UpcomingInvoice', 'UsageCosts', 'Charges', 'PaymentMethod', 'BillingBanner'],
  },
  {
    title: 'Tasks and models',
    names: ['TaskTable', 'ModelPicker', 'ModelCost', 'OwnKeys', 'Gate', 'OutOfCredits', 'WhyBlocked'],
  },
  { title: 'Pages', names: ['UsagePage', 'TasksPage', 'BillingPage'] },
  { title: 'Browser extension', names: ['ConnectBrowser', 'ConnectedBrowsers'] },
];

export const componentPath = (name: string) => `components/${kebab(name)}`;

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])| /g, '-').toLowerCase();
}

/** The source of a component's example. */
export function exampleOf(name: string): string {
  const group = componentGroups.find(({ names }) => (names as string[]).includes(name));
  if (group === undefined) throw new Error(`${name} is in no group.`);
  return readFileSync(
    new URL(`../examples/${kebab(group.title)}/${kebab(name)}.tsx`, import.meta.url),
    'utf8',
  );
}

/** A page for each component: what it is, live, its code, its props and its states, and one that lists them all. */
export function componentPages(kit: Map<string, Declared>, widgetProps: Declared): Page[] {
  const grouped = componentGroups.flatMap(({ names }) => names);
  const forgotten = Object.keys(examples).filter((name) => !grouped.includes(name as ExampleName));
  if (forgotten.length > 0) throw new Error(`These components are in no group: ${forgotten.join(', ')}.`);
  const common = new Set(widgetProps.members.map(({ name }) => name));
  return [
    listPage(kit, widgetProps),
    ...grouped.map((name) => ({
      path: componentPath(name),
      title: name,
      description: firstSentence(declaredOf(kit, name).words),
      text: componentPage(declaredOf(kit, name), propsOf(kit, name), common),
    })),
  ];
}

function declaredOf(kit: Map<string, Declared>, name: string): Declared {
  const found = kit.get(name);
  if (!found) throw new Error(`${name} is not exported.`);
  return found;
}

function propsOf(kit: Map<string, Declared>, name: string): Declared {
  return declaredOf(kit, `${name}Props`);
}

function componentPage({ name, words, example }: Declared, props: Declared, common: Set<string>): string {
  const shown = exampleOf(name).trim();
  const own = props.members.filter((member) => !common.has(member.name));
  return [
    `import { LiveExample } from '#docs/site/live-example.tsx';`,
    `import { ExampleStates } from '#docs/site/example-states.tsx';`,
    '',
    `# ${name}`,
    asMdx(words),
    `<LiveExample name="${name}" />`,
    `\`\`\`tsx\n${shown}\n\`\`\``,
    ...(example === '' ? [] : [`\`\`\`tsx\n${example}\n\`\`\``]),
    '## Props',
    ...(props.words === '' ? [] : [asMdx(props.words)]),
    own.length === 0 ? 'None of its own.' : memberTable(own, 'prop'),
    ...(own.length === props.members.length
      ? []
      : ['It also takes [what every widget takes](/components/#what-every-widget-takes).']),
    ...leftOutTable(name),
    '## States',
    `<ExampleStates name="${name}" />`,
    '',
  ].join('\n\n');
}

/** The names that the prop `parts` takes. */
function leftOutTable(name: string): string[] {
  const parts = (optionalParts as Record<string, string | Record<string, string>>)[name];
  if (parts === undefined || typeof parts === 'string') return [];
  const rows = Object.entries(parts).map(([part, words]) => [code(part), asMdx(cell(words))]);
  return ['## Parts to leave out', table(['part', 'is'], rows)];
}

function listPage(kit: Map<string, Declared>, widgetProps: Declared): Page {
  const groups = componentGroups.flatMap(({ title, names }) => [
    `## ${title}`,
    table(
      ['component', 'shows'],
      names.map((name) => [
        `[\`${name}\`](/${componentPath(name)})`,
        asMdx(cell(firstSentence(declaredOf(kit, name).words))),
      ]),
    ),
  ]);
  return {
    path: 'components/index',
    title: 'All components',
    description: 'Every component in one list, and what each of them takes.',
    text: [
      '# Components',
      'Every component is live on its page, on the [mock](/guide/testing): the server itself, in memory. Choose where it starts from and who looks, spend credits, let a day pass.',
      ...groups,
      '## What the provider takes',
      asMdx(declaredOf(kit, 'UsageKitProvider').words),
      memberTable(propsOf(kit, 'UsageKitProvider').members, 'prop'),
      '## What every widget takes',
      asMdx(widgetProps.words),
      memberTable(widgetProps.members, 'prop'),
      '',
    ].join('\n\n'),
  };
}

/** Members of a type as a table: required ones are marked, optional ones show their default. */
export function memberTable(members: Member[], of: string, typeText = (type: string) => code(type)): string {
  return table(
    [of, 'type', 'what it is'],
    members.map(({ name, isOptional, type, words, otherwise }) => [
      `${code(name)}${isOptional ? '' : ' \\*'}`,
      cell(typeText(short(type))),
      asMdx(cell([words, otherwise && `By default ${otherwise}.`].filter(Boolean).join(' '))),
    ]),
  );
}

/** A type that would not be read in a cell is cut to its beginning. */
function short(type: string): string {
  return type.length > 160 ? `${type.slice(0, 150)} …` : type;
}
