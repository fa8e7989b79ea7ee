import type { Request, RequestHandler, Response } from 'express';
import { requestSeconds } from './process.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures every answer; labels are of a known few, whatever is asked for. */
export const measureRequests: RequestHandler = (request, response, next) => {
  const stop = requestSeconds.startTimer();
  response.once('close', () => {
    const method = METHODS.has(request.method) ? request.method : 'other';
    stop({ method, route: routeOf(request, response), status: response.statusCode });
  });
  next();
};

/** The route as it was written; its first step where a fault left it unsaid. */
function routeOf(request: Request, response: Response): string {
  const told = response.locals['route'] as string | undefined;
  if (told !== undefined) return told;
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? `${request.baseUrl}${route.path}` : 'other';
}
