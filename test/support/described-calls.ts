import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openapi } from '../../server/src/app/http/openapi/openapi.ts';
import { routes } from '../../server/src/app/routes/routes.ts';

export interface Media {
  schema: { $ref?: string };
}
export interface Described {
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
export type Document = { paths: Record<string, Record<string, Described>>; components: { schemas: object } };

export const document = openapi(routes) as unknown as Document;
export const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema(document, 'openapi');

/** Routes that answer with pages of the payment provider's own, which are no part of the API. */
export const undescribed = /^\/v1\/payments\//;

export function problemsOf(ref: string | undefined, value: unknown): string[] {
  if (ref === undefined) return [];
  const validate = ajv.getSchema(`openapi${ref}`);
  if (validate === undefined) return [`no schema at ${ref}`];
  return validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** The operation that a call is of; undefined where it is none. */
export function operationOf({ method, path }: { method: string; path: string }): Described | undefined {
  const parts = path.split('?')[0]?.split('/') ?? [];
  const address = Object.keys(document.paths)
    .filter((pattern) => {
      const expected = pattern.split('/');
      return (
        expected.length === parts.length &&
        expected.every((part, i) => part.startsWith('{') || part === parts[i])
      );
    })
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .find((pattern) => method.toLowerCase() in (document.paths[pattern] ?? {}));
  return address === undefined ? undefined : document.paths[address]?.[method.toLowerCase()];
}
