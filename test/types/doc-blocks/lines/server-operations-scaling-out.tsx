// biome-ignore-all lint/correctness/noUnusedVariables: the test appends the code that uses them
// biome-ignore-all lint/correctness/noUnusedImports: the same
/** The names that code within a line of this guide takes from its surroundings. */
import { createClient } from '@usagekit/react';

declare const baseUrl: string;
