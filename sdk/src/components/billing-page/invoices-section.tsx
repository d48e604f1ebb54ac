'use client';
import { Invoices } from '../invoices/invoices.tsx';
import type { SectionProps } from './billing-sections.ts';

/** Every invoice. */
export const InvoicesSection = ({ common, paying }: SectionProps) => <Invoices {...common} {...paying} />;
