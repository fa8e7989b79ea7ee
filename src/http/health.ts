import { Router } from 'express';
import { checkNeeded, type Health, type Part } from '../health.ts';

/**
 * `GET /live`: the process runs. `GET /ready`: 200 when database and engine answer, 503 otherwise or
 * while the application starts, with the state of each part; `missing` and `degraded` name those that
 * are away and since when. Without mail the work goes on: that is 200, degraded.
 */
export function healthRoutes(health: Health): Router {
  const { database, engine, mail } = health;
  const router = Router();
  router.get('/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    await checkNeeded(health);
    const missing = [database, engine].filter(isAway);
    const degraded = [mail].filter(isAway);
    const ready = missing.length === 0 && health.started;
    response.status(ready ? 200 : 503).json({
      status: statusOf(health, missing, degraded),
      database: isAway(database) ? 'unavailable' : 'ok',
      engine: isAway(engine) ? 'unavailable' : 'ok',
      mail: isAway(mail) ? 'unavailable' : 'ok',
      ...(missing.length > 0 && { missing: missing.map(told) }),
      ...(degraded.length > 0 && { degraded: degraded.map(told) }),
    });
  });
  return router;
}

const isAway = ({ awaySince }: Part): boolean => awaySince !== null;

const told = ({ name, awaySince }: Part) => ({ part: name, since: awaySince });

function statusOf({ started }: Health, missing: Part[], degraded: Part[]): string {
  if (missing.length > 0) return 'unavailable';
  if (!started) return 'starting';
  return degraded.length > 0 ? 'degraded' : 'ok';
}
