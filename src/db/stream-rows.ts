import QueryStream from 'pg-query-stream';
import type { Database } from './data-source.ts';
import { ownConnection } from './own-connection.ts';

/** The rows of a query through a cursor, so that they never stand in memory together. */
export async function* streamRows<Row>(
  db: Database,
  query: { sql: string; values: unknown[] },
): AsyncGenerator<Row> {
  const client = await ownConnection(db);
  try {
    const stream = client.query(new QueryStream(query.sql, query.values, { batchSize: 500 }));
    for await (const row of stream) yield row as Row;
  } finally {
    await client.end();
  }
}
