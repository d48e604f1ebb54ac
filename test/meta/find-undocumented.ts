import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

interface Module {
  readonly url: string;
  readonly text: string;
  readonly body: readonly Node[];
  readonly comments: readonly { readonly type: string; readonly value: string; readonly end: number }[];
}

/** What an entry exports: where it is declared, and whether it says what it is. */
interface Declared {
  readonly module: Module;
  readonly name: string;
  readonly isDocumented: boolean;
  readonly node: Node;
}

/** Gives the text of a file of the source by its address. */
export type ReadSource = (url: string) => string;

/**
 * Names of what the entry exports without a docstring, and of members of its interfaces without one, as `file#Name.member`. Props
 * whose component is documented need none of their own, but each of their members does; members of what is stored or sent over
 * the wire are in the contract's and the law's words.
 * @param url Address of the entry's source.
 */
export function findUndocumented(
  url: string,
  read: ReadSource = (file) => readFileSync(fileURLToPath(file), 'utf8'),
): string[] {
  const modules = new Map<string, Module>();
  const open = (file: string) => {
    const known = modules.get(file) ?? parsed(file, read(file));
    modules.set(file, known);
    return known;
  };
  const names = [...new Set(exportedNames(open(url), open))];
  const documented = new Set(
    names.filter((name) => findExport(open(url), name, open)?.isDocumented === true),
  );
  return names.flatMap((name) => {
    const found = findExport(open(url), name, open);
    if (found === undefined) return [];
    const file = found.module.url.slice(found.module.url.search(/(server|sdk)\/(src|packages)\//));
    const isProps = documented.has(name.replace(/Props$/, ''));
    const own = found.isDocumented || isProps ? [] : [`${file}#${found.name}`];
    return [...own, ...membersWithout(found).map((member) => `${file}#${found.name}.${member}`)];
  });
}

function membersWithout({ module, node }: Declared): string[] {
  if (node.type !== 'TSInterfaceDeclaration' || /\/(contract|domain)\//.test(module.url)) return [];
  return (node.body as { body: Node[] }).body
    .filter(({ type }) => /^TS(Property|Method)Signature$/.test(type))
    .filter((member) => !hasDoc(module, member.start) && !isTypeOfValue(member))
    .map(({ key }) => nameOf(key as Node));
}

/** As the texts of a widget: the value says itself what it is. */
function isTypeOfValue({ typeAnnotation }: Node): boolean {
  const { typeAnnotation: type } = (typeAnnotation ?? {}) as { typeAnnotation?: Node };
  return type?.type === 'TSTypeQuery';
}

function parsed(url: string, text: string): Module {
  const { program, comments, errors } = parseSync(url, text, { lang: url.endsWith('x') ? 'tsx' : 'ts' });
  if (errors.length > 0) throw new Error(`${url} does not parse: ${errors[0]?.message}`);
  return { url, text, body: (program as unknown as { body: Node[] }).body, comments };
}

function hasDoc({ comments, text }: Module, start: number): boolean {
  return comments.some(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
  );
}

function exportedNames(module: Module, open: (url: string) => Module): string[] {
  return module.body.flatMap((statement) => {
    if (statement.type === 'ExportAllDeclaration') {
      const from = sourceOf(module, statement);
      return from === undefined ? [] : exportedNames(open(from), open);
    }
    if (statement.type !== 'ExportNamedDeclaration') return [];
    return [
      ...declaredNames(statement.declaration as Node | null),
      ...(statement.specifiers as Node[]).map(({ exported }) => nameOf(exported as Node)),
    ];
  });
}

/** Undefined for what another package declares. */
function findExport(module: Module, name: string, open: (url: string) => Module): Declared | undefined {
  for (const statement of module.body) {
    if (statement.type === 'ExportAllDeclaration') {
      const from = sourceOf(module, statement);
      const found = from === undefined ? undefined : findExport(open(from), name, open);
      if (found !== undefined) return found;
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    if (declaredNames(statement.declaration as Node | null).includes(name))
      return declaredIn(module, name, statement, statement.declaration as Node);
    const specifier = (statement.specifiers as Node[]).find((one) => nameOf(one.exported as Node) === name);
    if (specifier === undefined) continue;
    const local = nameOf(specifier.local as Node);
    if (statement.source === null) return findLocal(module, local, open);
    const from = sourceOf(module, statement);
    return from === undefined ? undefined : findExport(open(from), local, open);
  }
  return undefined;
}

function findLocal(module: Module, name: string, open: (url: string) => Module): Declared | undefined {
  for (const statement of module.body) {
    if (declaredNames(statement).includes(name)) return declaredIn(module, name, statement, statement);
    if (statement.type !== 'ImportDeclaration') continue;
    const specifier = (statement.specifiers as Node[]).find((one) => nameOf(one.local as Node) === name);
    const from = sourceOf(module, statement);
    // A whole module by one name says at its head what it is.
    if (specifier?.imported === undefined || from === undefined) continue;
    return findExport(open(from), nameOf(specifier.imported as Node), open);
  }
  return undefined;
}

function declaredIn(module: Module, name: string, statement: Node, node: Node): Declared {
  return { module, name, isDocumented: hasDoc(module, statement.start), node };
}

function declaredNames(declaration: Node | null): string[] {
  if (declaration === null || !/Declaration$/.test(declaration.type)) return [];
  const several = declaration.declarations as { id: Node }[] | undefined;
  if (several !== undefined) return several.map(({ id }) => nameOf(id));
  return declaration.id ? [nameOf(declaration.id as Node)] : [];
}

function sourceOf({ url }: Module, { source }: Node): string | undefined {
  const from = (source as { value: string } | null)?.value;
  return from?.startsWith('.') ? new URL(from, url).href : undefined;
}

function nameOf(node: Node): string {
  return String(node.name ?? node.value);
}
