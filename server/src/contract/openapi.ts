import * as z from 'zod';
import { components } from './openapi/components.ts';
import type { Operation } from './openapi/operation.ts';
import { operations } from './openapi/operations.ts';
import { headers } from './paths.ts';

type Json = Record<string, unknown>;

const refTo = (name: string) => `#/components/schemas/${name}`;

/** The API's description in OpenAPI 3.1, made from the schemas that requests are checked with. */
export function openapi(): Json {
  const names = new Map<z.ZodType, string>();
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(components)) {
    registry.add(schema, { id: name });
    names.set(schema, name);
  }
  const { schemas } = z.toJSONSchema(registry, { uri: refTo, io: 'output' });
  const described: Json = {};
  for (const operation of operations) {
    const address = operation.path.replace(/:(\w+)/g, '{$1}');
    described[address] = {
      ...(described[address] as Json | undefined),
      [operation.method.toLowerCase()]: describe(operation, names),
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

function describe(operation: Operation, names: ReadonlyMap<z.ZodType, string>): Json {
  const { summary, callers, query, body, answers, idempotent } = operation;
  const parameters = [
    ...[...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(query === undefined ? [] : queryParameters(query)),
    ...(idempotent === undefined
      ? []
      : [
          {
            name: headers.idempotencyKey,
            in: 'header',
            required: idempotent === 'required',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]),
  ];
  return {
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonOf(body, names) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          answer === null
            ? { description: 'Done, with nothing to tell' }
            : typeof answer === 'string'
              ? { description: summary, content: { [answer]: { schema: { type: 'string' } } } }
              : { description: summary, content: jsonOf(answer, names) },
        ]),
      ),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: refTo('Problem') } } },
      },
    },
    security: callers === 'anyone' ? [] : callers.map((caller) => ({ [caller]: [] })),
  };
}

function jsonOf(schema: z.ZodType, names: ReadonlyMap<z.ZodType, string>): Json {
  const name = names.get(schema);
  if (name === undefined) throw new Error('A schema of an operation has no name among the components');
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
