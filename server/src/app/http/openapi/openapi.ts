import * as z from 'zod';
import { headers } from '../../../contract/http/headers.ts';
import * as contractSchemas from '../../../contract/schemas.ts';
import type { CallerKind } from '../../callers/caller.ts';
import { type Description, mayBeLeftOut, type Route } from '../route.ts';

type Json = Record<string, unknown>;

const refTo = (name: string) => `#/components/schemas/${name}`;

/** The API's description in OpenAPI 3.1, made from the routes and from the schemas that they check requests with. */
export function openapi(routes: readonly Route[]): Json {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodType, string>();
  for (const [name, schema] of namedSchemas()) {
    registry.add(schema, { id: name });
    names.set(schema, name);
  }
  const { schemas } = z.toJSONSchema(registry, { uri: refTo, io: 'output' });
  const described: Json = {};
  for (const { method, path, callers, description } of routes) {
    if (description === null) continue;
    const address = path.replace(/:(\w+)/g, '{$1}');
    described[address] = {
      ...(described[address] as Json | undefined),
      [method.toLowerCase()]: describe({ path, callers, ...description }, names),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'UsageKit',
      version: '1',
      description:
        'Meters usage, gates it, and tells what was used, what is left and what helps when it runs out. Amounts are decimal strings, instants ISO 8601 in UTC, lists use opaque cursors, unknown fields are refused, errors are problem details (RFC 9457).',
    },
    paths: described,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, withoutIds(schema)]),
      ),
      securitySchemes: {
        secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key: the host backend only.' },
        customerToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of POST /v1/tokens, for one member in one browser.',
        },
        extensionKey: {
          type: 'http',
          scheme: 'bearer',
          description: "A read-only key of POST /v1/keys, for a member's extension.",
        },
      },
    },
  };
}

/** Every schema that the contract exports, under the name of its type: `grantRequest` is `GrantRequest`. */
function* namedSchemas(): Generator<[name: string, schema: z.ZodType]> {
  const { primitiveSchemas: _, ...nouns } = contractSchemas;
  for (const schemas of Object.values(nouns))
    for (const [name, schema] of Object.entries(schemas))
      if (schema instanceof z.ZodType) yield [`${name[0]?.toUpperCase()}${name.slice(1)}`, schema];
}

const schemeOf: Readonly<Record<CallerKind, string>> = {
  secret_key: 'secretKey',
  member: 'customerToken',
  visitor: 'customerToken',
  extension: 'extensionKey',
};

function securityOf(callers: Route['callers']): Json[] {
  if (callers === 'anyone') return [];
  return [...new Set(callers.map((kind) => schemeOf[kind]))].map((scheme) => ({ [scheme]: [] }));
}

function describe(
  route: Description & Pick<Route, 'path' | 'callers'>,
  names: ReadonlyMap<z.ZodType, string>,
): Json {
  const { words, callers, query, body, answers, idempotency } = route;
  const parameters = [
    ...[...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(query === undefined ? [] : queryParameters(query)),
    ...(idempotency === undefined
      ? []
      : [
          {
            name: headers.idempotencyKey,
            in: 'header',
            required: idempotency === 'required',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]),
  ];
  return {
    summary: words,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: !mayBeLeftOut(body), content: jsonOf(body, names) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          answer === null
            ? { description: 'Done, with nothing to tell' }
            : answer instanceof z.ZodType
              ? { description: words, content: jsonOf(answer, names) }
              : { description: words, content: textOf([answer].flat()) },
        ]),
      ),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: refTo('Problem') } } },
      },
    },
    security: securityOf(callers),
  };
}

function textOf(mediaTypes: readonly string[]): Json {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' } }]));
}

function jsonOf(schema: z.ZodType, names: ReadonlyMap<z.ZodType, string>): Json {
  const name = names.get(schema);
  if (name === undefined) throw new Error('A schema of a route is not exported by the contract');
  return { 'application/json': { schema: { $ref: refTo(name) } } };
}

function queryParameters(query: z.ZodObject): Json[] {
  return Object.entries(query.shape).map(([name, schema]) => {
    const { $schema: _, ...described } = z.toJSONSchema(schema as z.ZodType, { io: 'output' });
    return {
      name,
      in: 'query',
      required: isRequired(query, name),
      schema: described,
    };
  });
}

function isRequired(query: z.ZodObject, name: string): boolean {
  const { required } = z.toJSONSchema(query, { io: 'output' });
  return required?.includes(name) ?? false;
}

/** Components are addressed by their place in the document. */
function withoutIds(schema: object): Json {
  const { $id: _, $schema: __, id: ___, ...described } = schema as Json;
  return described;
}
