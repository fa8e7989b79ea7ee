import pg from 'pg';
import type { Database } from './data-source.ts';

/**
 * A connection of one's own for what takes long and is read or written as a stream: the pool's give up
 * after seconds. Whoever asks for it ends it.
 */
export async function ownConnection(db: Database): Promise<pg.Client> {
  const { url } = db.options as { url?: string };
  const client = new pg.Client({
    ...(url !== undefined && { connectionString: url }),
    options: '-c timezone=UTC',
    keepAlive: true,
  });
  // Whoever waits for an answer is told as well.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
