import pg from 'pg';

const PATIENCE_MS = 5_000;

/**
 * Asks the database at `url` over a connection of its own, and throws when it is away. One of the pool
 * may have died in silence: that says nothing about the next one.
 */
export function databaseProbe(url: string): () => Promise<unknown> {
  return async () => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    // Whoever waits for an answer is told as well.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.query('select 1');
    } finally {
      // A network that is silent would not let it go in good order.
      void client.end().catch(() => undefined);
    }
  };
}
