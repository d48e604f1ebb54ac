import { fileURLToPath } from 'node:url';
import {
  API,
  type Checker,
  type Symbol as Declaration,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync';

export interface Member {
  name: string;
  isOptional: boolean;
  type: string;
  words: string;
  /** Its default, from `@default`. */
  otherwise: string;
}

/** An exported name as a reader of the code would read it. */
export interface Declared {
  name: string;
  words: string;
  example: string;
  /** How it is written as a type: of a function its signature, of an alias what it stands for. */
  text: string;
  /** Members of an interface or of a union of interfaces; empty otherwise. */
  members: Member[];
  isType: boolean;
}

const sdk = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Reads the exported names of modules with TypeScript itself, so that the pages show what compiles.
 * @param modules paths from the package of the kit, such as `src/index.ts`
 */
export function readTypes(modules: readonly string[]): Map<string, Declared>[] {
  const config = `${sdk}tsconfig.json`;
  const api = new API({ cwd: sdk });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error(`${config} is no project.`);
    const { program, checker } = project;
    return modules.map((path) => {
      const source = program.getSourceFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
      const module = source && checker.getSymbolAtLocation(source);
      if (!module) throw new Error(`${path} is no module of the project.`);
      return new Map(
        checker.getExportsOfModule(module).map((exported) => {
          const symbol =
            (exported.flags & SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
          return [exported.name, declared(checker, exported.name, symbol)];
        }),
      );
    });
  } finally {
    api.close();
  }
}

function declared(checker: Checker, name: string, symbol: Declaration): Declared {
  const isType = (symbol.flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias)) !== 0;
  const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
  if (!type) throw new Error(`${name} has no type.`);
  const tags = symbol.getJsDocTags(checker);
  return {
    name,
    isType,
    words: symbol.getDocumentationComment(checker).trim(),
    example: textOf(tags.find((tag) => tag.name === 'example')),
    text: checker.typeToString(type, undefined, isType ? noTruncation | inTypeAlias : noTruncation),
    members: isType ? membersOf(checker, type) : [],
  };
}

/** TypeScript's own flags: write all of it, and what an alias stands for instead of its name. */
const noTruncation = 1;
const inTypeAlias = 1 << 23;

function membersOf(checker: Checker, type: Type): Member[] {
  if ((type.flags & TypeFlags.Union) !== 0) {
    const objects = (type as Type & { getTypes(): readonly Type[] })
      .getTypes()
      .filter((each) => (each.flags & TypeFlags.Object) !== 0);
    const all = new Map<string, Member>();
    for (const member of objects.flatMap((each) => membersOf(checker, each))) {
      const before = all.get(member.name);
      all.set(member.name, before && before.words.length >= member.words.length ? before : member);
    }
    return [...all.values()];
  }
  if ((type.flags & TypeFlags.Object) === 0 || checker.isArrayLikeType(type)) return [];
  return checker.getPropertiesOfType(type).map((property) => {
    const tags = property.getJsDocTags(checker);
    const isOptional = (property.flags & SymbolFlags.Optional) !== 0;
    const text = checker.typeToString(
      checker.getTypeOfSymbol(property) ?? checker.getUnknownType(),
      undefined,
      noTruncation,
    );
    return {
      name: property.name,
      isOptional,
      type: isOptional ? text.replace(/ \| undefined$/, '') : text,
      words: property.getDocumentationComment(checker).trim(),
      otherwise: textOf(tags.find((tag) => tag.name === 'default')),
    };
  });
}

function textOf(tag: { text?: unknown } | undefined): string {
  const text = tag?.text;
  if (Array.isArray(text))
    return text
      .map((part: { text?: string }) => part.text ?? '')
      .join('')
      .trim();
  return typeof text === 'string' ? text.trim() : '';
}
