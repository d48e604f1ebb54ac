// biome-ignore-all lint/correctness/noUnusedVariables: the test appends the code that uses them
// biome-ignore-all lint/correctness/noUnusedImports: the same
/** The names that code within a line of this README takes from its surroundings. */
import { serve } from '@usagekit/server/node';

declare const consoleFolder: string;
