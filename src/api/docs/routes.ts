import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Router, type RequestHandler } from 'express';
import { Problem } from '../problem.ts';

const resolve = createRequire(import.meta.url).resolve;
const FILES: Record<string, string> = {
  'swagger-ui.css': resolve('swagger-ui-dist/swagger-ui.css'),
  'swagger-ui-bundle.js': resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  'start.js': join(import.meta.dirname, 'start.js'),
  'page.css': join(import.meta.dirname, 'page.css'),
};

const PAGE = `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Отклик: интерфейс обмена</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css"><link rel="stylesheet" href="docs/page.css"></head>
<body><main id="docs"></main><noscript>Описание для программ: <a href="openapi.json">openapi.json</a></noscript>
<script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body></html>`;

/** `GET /docs`, a page made of `document`, and `GET /openapi.json`; open to all, they hold no data. */
export function docsRoutes(document: unknown): Router {
  const router = Router({ strict: true });
  const pages: Record<string, RequestHandler> = {
    '/docs': (_request, response) => void response.send(PAGE),
    '/openapi.json': (_request, response) => void response.json(document),
    ...Object.fromEntries(
      Object.entries(FILES).map(([name, file]): [string, RequestHandler] => [
        `/docs/${name}`,
        (_request, response) => response.sendFile(file),
      ]),
    ),
  };
  for (const [path, show] of Object.entries(pages)) {
    router
      .route(path)
      .get(show)
      .all(() => {
        const headers = { allow: 'GET, HEAD' };
        throw new Problem('method-not-allowed', 'Допустимо: GET.', { headers });
      });
  }
  return router;
}
