import type { CatalogConfig } from '../contract/catalog/catalog.ts';
import agents from './agents.ts';
import automation from './automation.ts';
import credits from './credits.ts';
import crm from './crm.ts';
import workflow from './workflow.ts';

/** Five products of different kinds, each as one catalog: to begin with, and to change. */
export const catalogTemplates = { agents, workflow, credits, automation, crm } satisfies Record<
  string,
  CatalogConfig
>;

/** Every catalog to begin with, by name. */
export type CatalogTemplate = keyof typeof catalogTemplates;

/** Names of the templates, in the order in which they are told. */
export const catalogTemplateNames = Object.keys(catalogTemplates) as readonly CatalogTemplate[];
