import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';

export type Weight = 'regular' | 'semibold';

/** One font file, read once for the life of the process. */
export interface Face {
  /** The name under which a document registers it. */
  readonly name: string;
  readonly file: Buffer;
  has(codePoint: number): boolean;
}

/** No installed face has a glyph for a character of the invoice. */
export class MissingGlyphError extends Error {
  override readonly name = 'MissingGlyphError';
}

const folders = { regular: '400Regular', semibold: '600SemiBold' } as const;

/**
 * The families that are looked for, in this order: the first that has a glyph draws it. Those after the first two are
 * large, so a host installs the packages of the scripts that its customers write.
 */
const families = [
  ['noto-sans', 'NotoSans'],
  // Noto's Arabic draws letters as bare shapes with dots apart, so that copied text reads as other letters.
  ['vazirmatn', 'Vazirmatn'],
  ['noto-sans-hebrew', 'NotoSansHebrew'],
  ['noto-sans-jp', 'NotoSansJP'],
  ['noto-sans-sc', 'NotoSansSC'],
  ['noto-sans-tc', 'NotoSansTC'],
  ['noto-sans-kr', 'NotoSansKR'],
  ['noto-sans-thai', 'NotoSansThai'],
  ['noto-sans-devanagari', 'NotoSansDevanagari'],
] as const;

const opened = new Map<string, Face | undefined>();

/**
 * The face that draws the code point.
 * @throws MissingGlyphError
 */
export function faceFor(codePoint: number, weight: Weight): Face {
  for (const [folder, file] of families) {
    const face = openFace(folder, file, weight);
    if (face?.has(codePoint)) return face;
  }
  const shown = `${String.fromCodePoint(codePoint)} (U+${codePoint.toString(16).toUpperCase().padStart(4, '0')})`;
  throw new MissingGlyphError(
    `No installed font has ${shown}. Install the package of its script in addition to @usagekit/server, such as @expo-google-fonts/noto-sans-jp; accepted are ${families.map(([name]) => name).join(', ')}.`,
  );
}

function openFace(folder: string, file: string, weight: Weight): Face | undefined {
  const name = `${folder}-${weight}`;
  if (!opened.has(name)) opened.set(name, readFace(name, folder, file, weight));
  return opened.get(name);
}

function readFace(name: string, folder: string, file: string, weight: Weight): Face | undefined {
  let path: string;
  try {
    const entry = `${folders[weight]}/${file}_${folders[weight]}.ttf`;
    path = fileURLToPath(import.meta.resolve(`@expo-google-fonts/${folder}/${entry}`));
    const bytes = readFileSync(path);
    const font = create(bytes) as Font;
    return { name, file: bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
  } catch (error) {
    if (isNotInstalled(error)) return undefined;
    throw error;
  }
}

function isNotInstalled(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' || code === 'ENOENT';
}
