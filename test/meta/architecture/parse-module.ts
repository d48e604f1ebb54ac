import { parseSync } from 'vite';

/** What the architecture's rules need to know of one source file. */
export interface ModuleFacts {
  imports: ImportFact[];
  /** Calls whose answer changes from one run to the next, as written: `Date.now()`, `new Date()`. */
  impureCalls: Fact[];
  /** `async` functions, `await` and generators of promises. */
  asyncSyntax: Fact[];
  /** Uses of the global `chrome`. */
  chromeUses: Fact[];
}

export interface Fact {
  text: string;
  /** Counted from 1. */
  line: number;
}

export interface ImportFact {
  specifier: string;
  /** `type` leaves nothing at run time, `lazy` is `import()`. */
  kind: 'value' | 'type' | 'lazy';
  line: number;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

const impureCallees = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'Temporal.Now.instant',
]);

/** @throws Error when the file does not parse. */
export function parseModule(path: string, source: string): ModuleFacts {
  const { program, errors } = parseSync(path, source, { lang: languageOf(path) });
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const facts: ModuleFacts = { imports: [], impureCalls: [], asyncSyntax: [], chromeUses: [] };
  const lineOf = (node: Node) => source.slice(0, node.start).split('\n').length;
  const textOf = (node: Node) => source.slice(node.start, node.end);

  visit(program as unknown as Node, (node, parent, field) => {
    const importFact = toImportFact(node);
    if (importFact !== undefined) facts.imports.push({ ...importFact, line: lineOf(node) });
    if (isImpureCall(node, textOf)) facts.impureCalls.push({ text: textOf(node), line: lineOf(node) });
    if (node.async === true || node.type === 'AwaitExpression' || node.await === true)
      facts.asyncSyntax.push({ text: node.type, line: lineOf(node) });
    const isName =
      field === 'key' || field === 'property' || (parent?.type.startsWith('TS') && field !== 'expression');
    if (node.type === 'Identifier' && node.name === 'chrome' && !isName)
      facts.chromeUses.push({ text: 'chrome', line: lineOf(node) });
  });
  return facts;
}

function toImportFact(node: Node): Omit<ImportFact, 'line'> | undefined {
  const source = node.source as Node | null | undefined;
  const specifier = typeof source?.value === 'string' ? source.value : undefined;
  if (specifier === undefined) return undefined;
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier, kind: node.importKind === 'type' ? 'type' : 'value' };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return { specifier, kind: node.exportKind === 'type' ? 'type' : 'value' };
    case 'ImportExpression':
      return { specifier, kind: 'lazy' };
    case 'TSImportType':
      return { specifier, kind: 'type' };
    default:
      return undefined;
  }
}

function isImpureCall(node: Node, textOf: (node: Node) => string): boolean {
  if (node.type === 'CallExpression') {
    const callee = textOf(node.callee as Node);
    return impureCallees.has(callee.replace(/^globalThis\./, '')) || callee === 'Date';
  }
  return (
    node.type === 'NewExpression' &&
    textOf(node.callee as Node) === 'Date' &&
    (node.arguments as unknown[]).length === 0
  );
}

function visit(
  node: Node,
  look: (node: Node, parent: Node | undefined, field: string) => void,
  parent?: Node,
  field = '',
): void {
  look(node, parent, field);
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, look, node, name);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function languageOf(path: string): 'tsx' | 'dts' | 'ts' {
  if (path.endsWith('x')) return 'tsx';
  return path.endsWith('.d.ts') ? 'dts' : 'ts';
}
