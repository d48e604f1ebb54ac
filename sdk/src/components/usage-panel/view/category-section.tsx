'use client';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Section } from '../../parts/widget/section.tsx';
import { CategoryList, type CategoryListProps } from './category-list.tsx';

export interface CategorySectionProps extends Omit<CategoryListProps, 'label'> {
  headingLevel: number;
}

/** The budget's use by category, under a heading. Renders a section of a card. Reads messages. */
export function CategorySection({ headingLevel, categories, ...list }: CategorySectionProps) {
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  const named = categories.map((each) => ({ ...each, label: each.label ?? messages.uncategorized }));
  return (
    <Section title={messages.categories} headingLevel={headingLevel}>
      <CategoryList {...list} categories={named} label={messages.categories} />
    </Section>
  );
}
