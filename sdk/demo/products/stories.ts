import type { CatalogTemplate } from '@usagekit/server/catalogs';
import { agentsStory } from './agents.ts';
import { automationStory } from './automation.ts';
import { creditsStory } from './credits.ts';
import { crmStory } from './crm.ts';
import type { Story } from './story.ts';
import { workflowStory } from './workflow.ts';

/** The five products whose catalogs come with the server, each with a customer. */
export const stories: Readonly<Record<CatalogTemplate, Story>> = {
  agents: agentsStory,
  workflow: workflowStory,
  credits: creditsStory,
  automation: automationStory,
  crm: crmStory,
};

export function isStoryId(id: string): id is CatalogTemplate {
  return Object.hasOwn(stories, id);
}
