/** One area of the source and what it may import. The first area whose pattern fits a file is the file's own. */
export interface Area {
  name: string;
  /** Tried on the path from the repository's root. */
  files: RegExp;
  /** Files of the same workspace that may be imported, as paths from the repository's root. */
  local: RegExp;
  /** Packages and their entries, the other workspaces' among them. */
  packages?: RegExp;
  /** Node's built-in modules. Absent: none, so that the code runs wherever there are Web APIs. */
  node?: boolean;
  /** No clock and no randomness: both are handed in. */
  deterministic?: boolean;
  /** Calls that are allowed all the same. */
  mayCall?: RegExp;
  /** No async functions either. */
  synchronous?: boolean;
  /** Does not name the global `chrome`. */
  withoutChrome?: boolean;
}

const contract = 'server/src/contract/';
const sdkEntries =
  /^@usagekit\/react(\/(usage-panel|usage-panel\/no-charts|plan-card|credit-balance|task-table|charts|styles|styles\.css))?$/;
/** What the contract offers to clients for making keys draws on clock and chance. */
const domainLocal = /^server\/src\/(contract\/(?!http\/new-)|domain\/)/;
const react = 'react(-dom|-is)?(\\/[\\w-]+)*';

/** contract <- domain <- store <- app <- node; server <- sdk <- extension. */
export const areas: Area[] = [
  // Server
  {
    name: 'contract schemas',
    files: /^server\/src\/contract\/(schemas\.ts|[\w-]+\/[\w-]+-schemas?\.ts)$/,
    local: /^server\/src\/contract\//,
    packages: /^zod$/,
    deterministic: true,
  },
  {
    name: 'contract types',
    files: /^server\/src\/contract\//,
    local: /^server\/src\/contract\/(?!schemas\.ts)(?!.*-schemas?\.ts$)/,
  },
  {
    name: 'catalogs',
    files: /^server\/src\/catalogs\//,
    local: /^server\/src\/(contract|catalogs)\//,
  },
  {
    name: 'domain calendar',
    files: /^server\/src\/domain\/time\//,
    local: domainLocal,
    packages: /^temporal-polyfill$/,
    deterministic: true,
    synchronous: true,
  },
  {
    name: 'domain',
    files: /^server\/src\/domain\//,
    local: domainLocal,
    deterministic: true,
    synchronous: true,
  },
  {
    name: 'threads',
    files: /^server\/src\/threads\//,
    local: /^server\/src\/threads\//,
    node: true,
  },
  {
    name: 'SQLite store',
    files: /^server\/src\/store\/sqlite\//,
    local: /^server\/src\/(contract|domain|threads|store(?!\/(postgres|memory)\/))\//,
    node: true,
  },
  {
    name: 'PostgreSQL store',
    files: /^server\/src\/store\/postgres\//,
    local: /^server\/src\/(contract|domain|store(?!\/(sqlite|memory)\/))\//,
    packages: /^pg$/,
    node: true,
  },
  {
    name: 'stores',
    files: /^server\/src\/store\//,
    local: /^server\/src\/(contract|domain|store(?!\/(sqlite|postgres)\/))\//,
  },
  {
    name: 'payments',
    files: /^server\/src\/payments\//,
    local: /^server\/src\/(contract|domain|payments)\//,
    packages: /^stripe$/,
  },
  {
    name: 'app',
    files: /^server\/src\/app\//,
    // Of the stores the interface and the queue before it only; the interface lies next to their folders.
    local:
      /^server\/src\/(contract\/(?!http\/new-)|domain\/|payments\/|app\/|store\/(group-commit\/)?[\w-]+\.ts$)/,
    packages: /^(zod|pbf|hono(\/[\w-]+)*)$/,
    deterministic: true,
    // Secrets are never handed in: a fixed source of them would be a hole.
    mayCall: /^crypto\./,
  },
  {
    name: 'client',
    files: /^server\/src\/client\//,
    local: /^server\/src\/(contract|client)\//,
    node: true,
  },
  {
    name: 'node',
    files: /^server\/(src\/node|bin)\//,
    local: /^server\/src\//,
    packages:
      /^(@hono\/node-server|hono|pino|prom-client|commander|@clack\/prompts|csv-parse|@zip\.js\/zip\.js|hyparquet|hyparquet-writer|pg|nodemailer|standardwebhooks|ws|zod|pdfkit|bidi-js|fontkit|@pydantic\/genai-prices)(\/[\w-]+)*$/,
    node: true,
  },

  // SDK
  {
    name: 'mock on Node',
    files: /^sdk\/src\/testing\/(node\/|node\.ts$|playwright\.ts$)/,
    local: /^sdk\/src\//,
    packages: new RegExp(
      `^(${react}|msw(/\\w+)?|playwright-core|@hono/node-server|@usagekit/server/(app|memory|payments|contract|contract/schemas|domain|client))$`,
    ),
    node: true,
  },
  {
    name: 'mock',
    files: /^sdk\/src\/testing\//,
    local: /^sdk\/src\//,
    packages: new RegExp(
      `^(${react}|msw(/\\w+)?|vitest|@testing-library/react|@usagekit/server/(app|memory|payments|contract|contract/schemas|domain|client))$`,
    ),
  },
  {
    name: 'charts',
    files: /^sdk\/src\/charts\//,
    local: /^sdk\/src\/(?!testing\/)/,
    packages: new RegExp(`^(${react}|recharts|@usagekit/server/contract)$`),
  },
  {
    name: 'sdk',
    files: /^sdk\/src\//,
    local: /^sdk\/src\/(?!testing\/)/,
    packages: new RegExp(`^(${react}|@usagekit/server/contract(/(client-)?addresses)?)$`),
  },
  {
    name: 'demo',
    files: /^sdk\/demo\//,
    local: /^sdk\/demo\//,
    packages: /^(?!@usagekit\/server\/(app|memory|domain)$)/,
    node: true,
  },

  {
    name: 'console build',
    files: /^sdk\/console\/vite\.config\.ts$/,
    local: /^$/,
    packages: /^(vite|@vitejs\/plugin-react)$/,
  },
  {
    name: 'console',
    files: /^sdk\/console\//,
    local: /^sdk\/console\//,
    // A host like any other: the kit's public entry, and the contract's types and tables.
    packages: new RegExp(`^(${react}|@usagekit/react(/styles\\.css)?|@usagekit/server/contract)$`),
  },

  // Extension
  {
    name: 'extension core',
    files: /^extension\/src\/core\//,
    local: /^extension\/src\/(core|words)\//,
    packages: /^@usagekit\/server\/contract$/,
    deterministic: true,
    withoutChrome: true,
  },
  {
    name: 'extension ports',
    files: /^extension\/src\/chrome\//,
    local: /^extension\/src\/(core|chrome|words)\//,
    packages: /^(@plasmohq\/messaging(\/\w+)?|@usagekit\/server\/contract)$/,
  },
  {
    name: 'extension',
    files: /^extension\/src\//,
    local: /^extension\/(src|assets)\//,
    packages: new RegExp(
      `^(data-text:.*|url:.*|${react}|@plasmohq/messaging(/\\w+)?|plasmo|@usagekit/server/contract|@usagekit/react/messages/(ar|de|ja))$|${sdkEntries.source}`,
    ),
  },
];

/** What an entry must not load before it is asked to, by any chain of static imports. */
export interface Reach {
  name: string;
  entries: RegExp;
  mustNotReach: RegExp;
}

export const reaches: Reach[] = [
  {
    name: 'the contract entry is types and tables',
    entries: new RegExp(`^${contract}index\\.ts$`),
    mustNotReach: /^(?!\.)/,
  },
  {
    name: 'the domain runs on nothing but its calendar library',
    entries: /^server\/src\/domain\/index\.ts$/,
    mustNotReach: /^(?!\.|temporal-polyfill$)/,
  },
  {
    name: 'the app and the memory store run wherever there are Web APIs',
    entries: /^server\/src\/(app\/create-app|store\/memory\/memory-store)\.ts$/,
    mustNotReach: /^(node:|pg$|pino$|prom-client$|@hono\/node-server)/,
  },
  {
    name: 'widgets bring no validator, no server, no mock, and charts only lazily',
    entries: /^sdk\/src\/(index|components\/[\w-]+\/(index|no-charts))\.tsx?$/,
    mustNotReach: /^(zod|hono|msw|recharts)(\/|$)|^@usagekit\/server\/(?!contract(\/(client-)?addresses)?$)/,
  },
];
