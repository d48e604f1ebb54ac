import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';

const componentFile = /^sdk\/src\/(?!testing\/).*\.tsx?$/;
/** What React offers to client components only. */
const clientOnly =
  /import \{[^}]*\b(use(State|Effect|LayoutEffect|Ref|Reducer|Memo|Callback|Context|Id|SyncExternalStore|Transition)|createContext|Component|lazy)\b[^}]*\} from 'react'/;

describe('the SDK in a server component tree', () => {
  it("F10: begins every file that needs the client with 'use client'", () => {
    const files = repositoryFiles().filter((path) => componentFile.test(path));
    const needing = files.filter((path) => clientOnly.test(textOf(path)));
    expect(needing.length).toBeGreaterThan(5);
    expect(needing.filter((path) => !/^'use client';/.test(textOf(path)))).toEqual([]);
  });

  it('F10: keeps pure derivations and formatting usable on the server', () => {
    const pure = repositoryFiles().filter((path) => /^sdk\/src\/(derive|client|live)\//.test(path));
    expect(pure.length).toBeGreaterThan(5);
    expect(pure.filter((path) => /from 'react'/.test(textOf(path)))).toEqual([]);
  });
});
