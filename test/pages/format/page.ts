import { writtenTexts } from './written-texts.ts';

Object.assign(globalThis, { writtenTexts });
