'use client';
import { usagePanelExtrasMessages } from '../../../messages/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Section } from '../../parts/widget/section.tsx';
import { CategoryList, type CategoryListProps } from './category-list.tsx';

export interface CategorySectionProps extends Omit<CategoryListProps, 'label'> {
  headingLevel: number;
}

/** The budget's use by category, under a heading. Renders a section of a card. Reads messages. */
export function CategorySection({ headingLevel, ...list }: CategorySectionProps) {
  const { categories } = useMessages('usagePanel', usagePanelExtrasMessages);
  return (
    <Section title={categories} headingLevel={headingLevel}>
      <CategoryList {...list} label={categories} />
    </Section>
  );
}
