'use client';
import { PlanComparison } from '../plan-comparison/plan-comparison.tsx';
import type { SectionProps } from './billing-sections.ts';

/** The plans side by side. */
export const PlansSection = ({ common }: SectionProps) => <PlanComparison {...common} />;
