import type { Summary } from '@usagekit/server/contract';
import { parsePageUrl } from '../connection/server-address.ts';

/** Pages of a product that the popup links, in its order. */
export const productPages = ['usage', 'tasks', 'billing'] as const;

export type ProductPage = (typeof productPages)[number];

/** The address of a page that the product tells and that may be opened; null for any other. */
export function productPageUrl(summary: Summary | null, page: ProductPage, serverUrl: string): string | null {
  return parsePageUrl(summary?.[`${page}Url`] ?? null, serverUrl);
}
