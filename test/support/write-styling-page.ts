import { writeFileSync } from 'node:fs';
import { stylingPage } from './styling-page.ts';

writeFileSync(new URL('../../sdk/docs/styling.md', import.meta.url), stylingPage());
