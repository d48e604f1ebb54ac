import { errors, refusals } from '@usagekit/server/contract';
import { openapi } from '../../../server/src/app/http/openapi/openapi.ts';
import { routes } from '../../../server/src/app/routes/routes.ts';
import { memberTable } from './component-pages.ts';
import { anchorOf, asMdx, cell, code, table } from './markdown.ts';
import type { Page } from './page.ts';
import type { Declared } from './read-types.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
}
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Schema;
}
interface Operation {
  summary: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
  security: Record<string, []>[];
}

/** Calls by what they are about: the part of the address after `/v1`, and after the account where there is one. */
const groups: { path: string; title: string; nouns: string[] }[] = [
  { path: 'gate', title: 'Gate and events', nouns: ['check', 'consume', 'holds', 'events', 'route', 'otlp'] },
  { path: 'tasks', title: 'Tasks', nouns: ['tasks'] },
  { path: 'usage', title: 'Usage', nouns: ['summary', 'usage', 'forecast', 'diagnosis', 'stream', 'socket'] },
  {
    path: 'credits',
    title: 'Credits',
    nouns: [
      'credits',
      'ledger',
      'explain',
      'activity',
      'grants',
      'adjustments',
      'voids',
      'credit-packs',
      'purchases',
      'auto-top-up',
      'own-keys',
    ],
  },
  {
    path: 'subscription',
    title: 'Subscription',
    nouns: [
      'subscription',
      'contract',
      'payment-standing',
      'seats',
      'add-ons',
      'dedicated-ips',
      'additional-use',
      'limits',
      'alerts',
      'alert-email',
    ],
  },
  {
    path: 'billing',
    title: 'Billing',
    nouns: ['invoices', 'charges', 'payment-method', 'portal', 'billing-details', 'payments'],
  },
  {
    path: 'accounts',
    title: 'Accounts and callers',
    nouns: [
      'accounts',
      'members',
      'tokens',
      'keys',
      'token-secret',
      'whoami',
      'pairings',
      'connected-browsers',
      'erase',
      'export',
    ],
  },
  { path: 'catalog', title: 'Catalog', nouns: ['catalog', 'models', 'catalogs'] },
  { path: 'notices', title: 'Notices and webhooks', nouns: ['webhook-endpoints', 'notices'] },
];
const rest = { path: 'operations', title: 'Operations' };

const callers: Record<string, string> = {
  secretKey: 'a secret key',
  customerToken: "a member's token",
  extensionKey: "an extension's key",
};

/** The calls of the API in groups, every type of theirs, and what an error's code means. */
export function apiPages(contract: Map<string, Declared>): Page[] {
  const document = openapi(routes) as unknown as { paths: Record<string, Record<string, Operation>> };
  const known = new Set([...contract.values()].filter(({ isType }) => isType).map(({ name }) => name));
  const calls = Object.entries(document.paths).flatMap(([address, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      group: groupOf(address),
      name: `${method.toUpperCase()} ${address}`,
      operation,
    })),
  );
  const pages = [...groups, rest].map(({ path, title }) => ({
    path: `api/${path}`,
    title,
    description: `The API’s calls: ${title.toLowerCase()}.`,
    text: [
      `# ${title}`,
      ...calls
        .filter(({ group }) => group === path)
        .flatMap(({ name, operation }) => callSection(name, operation, contract, known)),
      '',
    ].join('\n\n'),
  }));
  return [...pages, typesPage(contract, known), errorsPage()];
}

function groupOf(address: string): string {
  const [, , first = '', , third] = address.split('/');
  const noun = first === 'accounts' && third !== undefined ? (address.split('/')[4] ?? '') : first;
  return groups.find(({ nouns }) => nouns.includes(noun))?.path ?? rest.path;
}

function callSection(
  name: string,
  { summary, parameters = [], requestBody, responses, security }: Operation,
  contract: Map<string, Declared>,
  known: ReadonlySet<string>,
): string[] {
  const who = security.flatMap((each) => Object.keys(each)).map((each) => callers[each] ?? each);
  const body = typeNameOf(requestBody);
  const ok = Object.entries(responses).find(([status]) => status.startsWith('2'));
  const answer = typeNameOf(ok?.[1]);
  const asked = parameters.filter((each) => each.in !== 'path');
  return [
    `## ${asMdx(summary)}`,
    `${code(name)}, called ${who.length === 0 ? 'by anyone' : `with ${listed(who)}`}.`,
    ...(asked.length === 0
      ? []
      : [
          table(
            ['parameter', 'in', 'type'],
            asked.map((each) => [
              `${code(each.name)}${each.required ? ' \\*' : ''}`,
              each.in,
              cell(code(schemaText(each.schema))),
            ]),
          ),
        ]),
    ...(body === undefined ? [] : fieldsOf('The body', body, contract, known)),
    ...(answer === undefined
      ? [
          `It answers ${ok?.[0] ?? 'with a problem'}${ok?.[1].content ? ` with ${code(Object.keys(ok[1].content)[0] ?? '')}` : ''}.`,
        ]
      : fieldsOf('The answer', answer, contract, known)),
  ];
}

function fieldsOf(
  what: string,
  name: string,
  contract: Map<string, Declared>,
  known: ReadonlySet<string>,
): string[] {
  const type = contract.get(name);
  const paged = name.endsWith('Page') ? name.slice(0, -4) : undefined;
  if (paged && known.has(paged))
    return [`${what} is a page of ${linked(paged, known)}: ${code('{ items, nextCursor }')}.`];
  if (!type) return [`${what} is ${code(name)}.`];
  const line = `${what} is ${linked(name, known)}.`;
  return what === 'The body' && type.members.length > 0
    ? [line, memberTable(type.members, 'field', (text) => linked(text, known))]
    : [line];
}

function typesPage(contract: Map<string, Declared>, known: ReadonlySet<string>): Page {
  return {
    path: 'api/types',
    title: 'Types',
    description: 'Every type of the contract.',
    text: [
      '# Types',
      'Every type of the contract, read from the code; `@usagekit/server/contract` exports them. A star marks what is always there. Amounts are decimal strings, instants ISO 8601 in UTC.',
      ...[...known].sort().flatMap((name) => {
        const { words, text, members } = contract.get(name) ?? { words: '', text: '', members: [] };
        const isUnion = text !== name && !text.startsWith('{');
        return [
          `## ${name}`,
          ...(words === '' ? [] : [asMdx(words)]),
          isUnion || members.length === 0
            ? linked(text, known)
            : memberTable(members, 'field', (type) => linked(type, known)),
        ];
      }),
      '',
    ].join('\n\n'),
  };
}

function errorsPage(): Page {
  return {
    path: 'api/errors',
    title: 'Errors',
    description: 'What each code of an error or a refusal means, and its status.',
    text: [
      '# Errors',
      'An error is a problem (RFC 9457) with a `code`. A refusal of the gate is one too, and its `code` is the reason. Its `actions` say what would help.',
      '## Refusals',
      'In the order in which the gate checks; the first that applies is the answer. The first status holds where a purchase open to the account would let the use through, the second where none would.',
      table(
        ['code', 'status', 'title'],
        Object.entries(refusals).map(([name, { whenPurchasable, otherwise, title }]) => [
          code(name),
          [...new Set([whenPurchasable, otherwise])].join(' or '),
          title,
        ]),
      ),
      '## Errors of a call',
      'An earlier one is reported before a later one.',
      table(
        ['code', 'status', 'title'],
        Object.entries(errors).map(([name, { status, title }]) => [code(name), String(status), title]),
      ),
      '',
    ].join('\n\n'),
  };
}

/** A type's text with a link for each name that has a place of its own. */
function linked(type: string, known: ReadonlySet<string>): string {
  return type
    .split(/\b([A-Z]\w+)\b/)
    .filter((part) => part !== '')
    .map((part) => (known.has(part) ? `[${code(part)}](/api/types#${anchorOf(part)})` : code(part.trim())))
    .filter((part) => part !== '')
    .join(' ');
}

function typeNameOf(media: { content?: Record<string, { schema: Schema }> } | undefined): string | undefined {
  const ref = media?.content?.['application/json']?.schema.$ref;
  return ref?.split('/').at(-1);
}

function schemaText({ $ref, type, enum: choices }: Schema): string {
  if (choices) return choices.map((each) => JSON.stringify(each)).join(' | ');
  return $ref?.split('/').at(-1) ?? [type].flat().join(' | ');
}

function listed(words: string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
