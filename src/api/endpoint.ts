import type { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import type { Action } from '../access/rights.ts';
import type { ProblemKind } from './problem.ts';

/** What goes back: a status that the endpoint names in `answers`, and its body. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Readonly<Record<string, string>>;
}

interface Shape {
  method: 'get' | 'post';
  /** Under `/api/v1`, as OpenAPI writes it: `/messages/{id}`. */
  path: string;
  operationId: string;
  summary: string;
  description: string;
  action: Action;
  answers: Readonly<Record<number, { description: string; schema: z.ZodType; headers?: Headers }>>;
  /** Beside those that every endpoint may end with. */
  problems: readonly ProblemKind[];
}

/** Header by its description. */
type Headers = Readonly<Record<string, string>>;

interface Input<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  principal: Principal;
}

/** One operation of the interface: what serves it and what describes it are the same. */
export interface Endpoint extends Shape {
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  run: (input: Input<never, never, never>) => Promise<Answer>;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Answers = Shape['answers'];
type BodyOf<Given> = Given extends { schema: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : never;

/** Defines an endpoint; `run` gets checked input and must give what `answers` promises. */
export function endpoint<
  Given extends Answers,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodObject | undefined = undefined,
>(
  definition: Omit<Shape, 'answers'> & {
    answers: Given;
    params?: Params;
    query?: Query;
    body?: Body;
    run: (
      input: Input<Output<Params>, Output<Query>, Output<Body>>,
    ) => Promise<Answer & { body: BodyOf<Given[keyof Given]> }>;
  },
): Endpoint {
  return definition as unknown as Endpoint;
}
