import { z } from 'zod';
import { components } from './components.ts';
import type { Endpoint } from './endpoint.ts';
import { groupBy } from '../group-by.ts';
import { PROBLEMS, problemSchema, type ProblemKind } from './problem.ts';

type Json = Record<string, unknown>;

/** Ends that every endpoint has. */
const ALWAYS: readonly ProblemKind[] = [
  'malformed-request',
  'unauthorized',
  'forbidden',
  'method-not-allowed',
  'too-many-requests',
  'internal',
  'unavailable',
];

/** The description of the interface, OpenAPI 3.1, made of what serves it. */
export function createDocument(endpoints: readonly Endpoint[]): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Отклик: интерфейс обмена',
      version: '1.0.0',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ token: [] }],
    tags: [
      { name: 'Сообщения', description: 'Сообщения жителей и работа с ними' },
      { name: 'Наблюдение', description: 'Показатели для системы мониторинга' },
    ],
    paths: { ...pathsOf(endpoints), '/metrics': metrics() },
    components: {
      schemas: schemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Ключ доступа, otklik_…' },
      },
    },
  };
}

const ABOUT = [
  'Сообщения жителей в социальных сетях и работа с ними по Порядку (распоряжение № 519-р/адм).',
  'Ключ доступа выпускает администратор: `npm run -s otklik -- token create`. Роль ключа решает, что ' +
    'ему разрешено; исполнитель и заместитель Губернатора видят сообщения своих органов, остальных ' +
    'для них нет (404).',
  'Время — в UTC. Ошибки — по RFC 9457 (`application/problem+json`): `errors` называет неверные поля.',
].join('\n\n');

function pathsOf(endpoints: readonly Endpoint[]): Json {
  const byPath = groupBy(endpoints, ({ path }) => `/api/v1${path}`);
  return Object.fromEntries(
    [...byPath].map(([path, operations]) => [
      path,
      Object.fromEntries(operations.map((each) => [each.method, operationOf(each)])),
    ]),
  );
}

function operationOf(endpoint: Endpoint): Json {
  const { operationId, summary, description, params, query, body, answers, problems } = endpoint;
  const parameters = [...parametersOf('path', params), ...parametersOf('query', query)];
  return {
    operationId,
    summary,
    description,
    tags: ['Сообщения'],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: refTo(body) } } },
    }),
    responses: { ...answersOf(answers), ...problemsOf([...problems, ...ALWAYS]) },
  };
}

function parametersOf(place: 'path' | 'query', shape: z.ZodObject | undefined): Json[] {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = plain(
    z.toJSONSchema(shape, { io: 'input', override }),
  ) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function answersOf(answers: Endpoint['answers']): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, headers }]) => [
      status,
      {
        description,
        ...(headers && {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, about]) => [
              name,
              { description: about, schema: { type: 'string' } },
            ]),
          ),
        }),
        content: { 'application/json': { schema: refTo(schema) } },
      },
    ]),
  );
}

/** Kinds that share a status are told together. */
function problemsOf(kinds: readonly ProblemKind[]): Json {
  const byStatus = groupBy(kinds, (kind) => PROBLEMS[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((kind) => `${PROBLEMS[kind].title} (\`${kind}\`)`).join('; '),
        content: { 'application/problem+json': { schema: refTo(problemSchema) } },
      },
    ]),
  );
}

/** Served beside the endpoints: its answer is no JSON. */
const metrics = (): Json => ({
  get: {
    operationId: 'readMetrics',
    summary: 'Показатели',
    description: 'Для Prometheus: сообщения, сроки, очереди, опрос сетей, запросы, задания.',
    tags: ['Наблюдение'],
    responses: {
      200: {
        description: 'Показатели в текстовом виде Prometheus',
        content: { 'text/plain': { schema: { type: 'string' } } },
      },
      ...problemsOf(ALWAYS),
    },
  },
});

const place = (id: string) => `#/components/schemas/${id}`;

function refTo(schema: z.ZodType): Json {
  const known = components.get(schema);
  if (known === undefined) throw new Error('a schema of the interface has no name');
  return { $ref: place(known.id) };
}

function schemas(): Json {
  const made = z.toJSONSchema(components, { io: 'input', uri: place, override });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, schema]) => [id, plain(schema as Json)]),
  );
}

/** `format` says it; the pattern fills half a page. */
function override({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

/** Without what only a document of its own needs. */
function plain({ $schema: _dialect, $id: _id, ...schema }: Json): Json {
  return schema;
}
