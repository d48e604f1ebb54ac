import { hydrateRoot } from 'react-dom/client';
import { HydratedGallery } from './hydrated-gallery.tsx';

const root = document.getElementById('root');
const locale = new URLSearchParams(location.search).get('locale') ?? 'en-US';
const mismatches: string[] = [];
Object.assign(window, { mismatches });
if (root)
  hydrateRoot(root, <HydratedGallery locale={locale} />, {
    onRecoverableError: (error, { componentStack }) => {
      mismatches.push(`${String(error)}${componentStack?.split('\n').slice(0, 6).join(' <')}`);
    },
  });
