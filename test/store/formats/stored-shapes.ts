import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** What the types of the source say of a value that is stored. What they leave open is `any`. */
export type Shape =
  | { readonly kind: 'any' }
  /** A number, a text, null or another value without fields. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, Field>> }
  /** A list by position. */
  | { readonly kind: 'parts'; readonly parts: readonly (Field & { readonly name: string })[] }
  /** A list or a record of any length. */
  | { readonly kind: 'each'; readonly shape: Shape }
  | { readonly kind: 'oneOf'; readonly shapes: readonly Shape[] };

interface Field {
  readonly isOptional: boolean;
  readonly shape: Shape;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const anything: Shape = { kind: 'any' };
const plain: Shape = { kind: 'plain' };

const root = new URL('../../../', import.meta.url);

/** The shape of every body that the source stores, by its noun: of each codec or format that it makes. */
export function storedShapes(): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const file of readdirSync(new URL('server/src/store/', root), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const url = new URL(`server/src/store/${file}`, root).href;
    for (const call of callsIn(parsed(url))) {
      const [noun, type] = [
        (call.arguments as Node[])[0]?.value,
        (call.typeArguments as { params?: Node[] } | null)?.params?.[0],
      ];
      if (typeof noun !== 'string' || type === undefined) continue;
      const shape = read(url, type);
      const isRecord = nameOf(call.callee as Node) === 'createRecordCodec';
      shapes.set(noun, isRecord ? recordShape(shape) : shape);
    }
  }
  return shapes;
}

/** A record follows the number of its version. */
function recordShape(shape: Shape): Shape {
  return {
    kind: 'parts',
    parts: [
      { name: 'version', isOptional: false, shape: plain },
      { name: 'body', isOptional: false, shape },
    ],
  };
}

function callsIn(node: unknown): Node[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, callee } = node as { type?: string; callee?: Node };
  const isMade = type === 'CallExpression' && /^create(RecordCodec|StoredFormat)$/.test(String(callee?.name));
  return [...(isMade ? [node as Node] : []), ...Object.values(node).flatMap(callsIn)];
}

/** The shape of a type that a file of the repository declares. */
export function shapeOf(file: string, name: string): Shape {
  return declared(new URL(file, root).href, name);
}

/** Every field and part that a value of the shape cannot be without, by its path. */
export function requiredPaths(shape: Shape, path = ''): string[] {
  switch (shape.kind) {
    case 'any':
    case 'plain':
      return [];
    case 'each':
      return requiredPaths(shape.shape, `${path}[]`);
    case 'oneOf':
      return [...new Set(shape.shapes.flatMap((one) => requiredPaths(one, `${path}|`)))];
    case 'fields':
      return Object.entries(shape.fields).flatMap(([name, field]) => below(`${path}.${name}`, field));
    case 'parts':
      return shape.parts.flatMap((part) => below(`${path}.${part.name}`, part));
  }
}

function below(path: string, { isOptional, shape }: Field): string[] {
  return isOptional ? requiredPaths(shape, `${path}?`) : [path, ...requiredPaths(shape, path)];
}

/** The required fields and parts that a value does not have, by their path. */
export function missingPaths(shape: Shape, value: unknown, path = ''): string[] {
  if (shape.kind === 'any') return [];
  if (shape.kind === 'oneOf') {
    const found = shape.shapes.map((one) => missingPaths(one, value, path));
    return found.find(({ length }) => length === 0) ?? found[0] ?? [];
  }
  if (typeof value !== 'object' || value === null)
    return shape.kind === 'plain' ? [] : [`${path} has no ${shape.kind}`];
  if (shape.kind === 'plain') return [`${path} has fields`];
  if (shape.kind === 'each')
    return Object.values(value).flatMap((one) => missingPaths(shape.shape, one, `${path}[]`));
  const entries =
    shape.kind === 'parts'
      ? shape.parts.map((part, index) => ({ ...part, value: (value as unknown[])[index] }))
      : Object.entries(shape.fields).map(([name, field]) => ({
          ...field,
          name,
          value: (value as Record<string, unknown>)[name],
        }));
  return entries.flatMap((entry) => {
    const at = `${path}.${entry.name}`;
    if (entry.value !== undefined) return missingPaths(entry.shape, entry.value, at);
    return entry.isOptional ? [] : [at];
  });
}

function parsed(url: string): Node {
  const { program, errors } = parseSync(url, readFileSync(fileURLToPath(url), 'utf8'), { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${url} does not parse: ${errors[0]?.message}`);
  return program as unknown as Node;
}

const modules = new Map<string, Map<string, Node | { readonly from: string; readonly name: string }>>();

/** The types that a module declares or imports, by their name there. */
function typesIn(url: string) {
  const known = modules.get(url);
  if (known !== undefined) return known;
  const types = new Map<string, Node | { readonly from: string; readonly name: string }>();
  modules.set(url, types);
  for (const statement of parsed(url).body as Node[]) {
    const from = (statement.source as { value?: string } | null | undefined)?.value;
    for (const one of (statement.specifiers as Node[] | undefined) ?? []) {
      const local = nameOf(one.local as Node);
      if (from?.startsWith('.') && one.imported !== undefined)
        types.set(local, { from: new URL(from, url).href, name: nameOf(one.imported as Node) });
    }
    const declaration = (statement.declaration as Node | null | undefined) ?? statement;
    if (/^TS(Interface|TypeAlias)Declaration$/.test(declaration.type))
      types.set(nameOf(declaration.id as Node), declaration);
  }
  return types;
}

const underWay = new Set<string>();

function declared(url: string, name: string): Shape {
  const found = typesIn(url).get(name);
  if (found === undefined) throw new Error(`${url} has no type ${name}.`);
  if (!('type' in found)) return declared(found.from, found.name);
  // A type within itself is looked at once.
  if (underWay.has(`${url} ${name}`)) return anything;
  underWay.add(`${url} ${name}`);
  try {
    if (found.type === 'TSTypeAliasDeclaration') return read(url, found.typeAnnotation as Node);
    const bases = ((found.extends as Node[] | undefined) ?? []).map(({ expression, typeArguments }) =>
      referred(url, nameOf(expression as Node), (typeArguments as { params?: Node[] } | null)?.params ?? []),
    );
    return merged([...bases, ofMembers(url, (found.body as { body: Node[] }).body)]);
  } finally {
    underWay.delete(`${url} ${name}`);
  }
}

function read(url: string, node: Node): Shape {
  switch (node.type) {
    case 'TSTypeReference':
      return referred(
        url,
        nameOf(node.typeName as Node),
        (node.typeArguments as { params?: Node[] } | null | undefined)?.params ?? [],
      );
    case 'TSTypeLiteral':
      return ofMembers(url, node.members as Node[]);
    case 'TSArrayType':
      return { kind: 'each', shape: read(url, node.elementType as Node) };
    case 'TSTypeOperator':
    case 'TSParenthesizedType':
      return read(url, node.typeAnnotation as Node);
    case 'TSIntersectionType':
      return merged((node.types as Node[]).map((one) => read(url, one)));
    case 'TSUnionType':
      return oneOf((node.types as Node[]).map((one) => read(url, one)));
    case 'TSTupleType':
      return {
        kind: 'parts',
        parts: (node.elementTypes as Node[]).map((one, index) => {
          const isNamed = one.type === 'TSNamedTupleMember';
          return {
            name: isNamed ? nameOf(one.label as Node) : String(index),
            isOptional: one.optional === true || one.type === 'TSOptionalType',
            shape: read(url, isNamed ? (one.elementType as Node) : one),
          };
        }),
      };
    default:
      return /^TS(\w+Keyword|LiteralType|TemplateLiteralType)$/.test(node.type) ? plain : anything;
  }
}

function ofMembers(url: string, members: readonly Node[]): Shape {
  const fields: Record<string, Field> = {};
  for (const member of members) {
    if (member.type !== 'TSPropertySignature') continue;
    const annotation = (member.typeAnnotation as { typeAnnotation?: Node } | null)?.typeAnnotation;
    fields[nameOf(member.key as Node)] = {
      isOptional: member.optional === true,
      shape: annotation === undefined ? anything : read(url, annotation),
    };
  }
  return { kind: 'fields', fields };
}

/** A type by its name, which may be one of the language's own. */
function referred(url: string, name: string, given: readonly Node[]): Shape {
  const first = () => (given[0] === undefined ? anything : read(url, given[0]));
  const keys = () =>
    new Set(
      (given[1]?.type === 'TSUnionType' ? (given[1].types as Node[]) : [given[1] as Node]).map((one) =>
        String((one.literal as { value?: unknown } | undefined)?.value),
      ),
    );
  const withFields = (change: (name: string, field: Field) => Field | undefined): Shape => {
    const shape = first();
    if (shape.kind !== 'fields') return shape;
    const changed = Object.entries(shape.fields).map(([key, field]) => [key, change(key, field)] as const);
    return {
      kind: 'fields',
      fields: Object.fromEntries(
        changed.filter((entry): entry is readonly [string, Field] => entry[1] !== undefined),
      ),
    };
  };
  switch (name) {
    case 'Readonly':
      return first();
    case 'Array':
    case 'ReadonlyArray':
      return { kind: 'each', shape: first() };
    case 'Record':
      return { kind: 'each', shape: given[1] === undefined ? anything : read(url, given[1]) };
    case 'Partial':
      return withFields((_, field) => ({ ...field, isOptional: true }));
    case 'Omit':
      return withFields((key, field) => (keys().has(key) ? undefined : field));
    case 'Pick':
      return withFields((key, field) => (keys().has(key) ? field : undefined));
    default:
      return typesIn(url).has(name) ? declared(url, name) : anything;
  }
}

function merged(shapes: readonly Shape[]): Shape {
  const fields = shapes.map((shape) => (shape.kind === 'fields' ? shape.fields : undefined));
  if (fields.includes(undefined)) return shapes.find(({ kind }) => kind !== 'any') ?? anything;
  return { kind: 'fields', fields: Object.assign({}, ...fields) };
}

function oneOf(shapes: readonly Shape[]): Shape {
  return shapes.every(({ kind }) => kind === 'plain') ? plain : { kind: 'oneOf', shapes };
}

function nameOf(node: Node): string {
  return String(node.name ?? node.value);
}
