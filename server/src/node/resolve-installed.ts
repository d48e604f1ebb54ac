import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The file that a package of the host's project has under this name: of the project in the present folder, or else of the one in which
 * the command itself is installed. Undefined where neither has it.
 */
export function resolveInstalled(name: string): string | undefined {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}
