import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { openApi, type Api } from '../../test/api.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { until } from '../../test/until.ts';
import { OutboxEntryEntity } from '../db/entities/outbox.ts';
import { queueStart } from '../db/starts.ts';
import { jobs, pollFailures } from './process.ts';

describe('Metrics', () => {
  let api: Api;
  let secret: string;
  before(async () => {
    api = await openApi();
    secret = await api.token({ role: 'administrator' });
  });
  after(() => api.close());

  const read = async () => {
    const told = await api.call('GET', '/metrics', secret);
    expect(told.status).to.equal(200);
    return String(told.body);
  };
  /** The value of a measurement, written as Prometheus does; null: it is not there. */
  const valueOf = (text: string, name: string) => {
    const line = text.split('\n').find((it) => it.startsWith(`${name} `));
    return line === undefined ? null : Number(line.slice(name.length + 1));
  };

  it('tell zero of everything known when nothing has happened', async () => {
    const text = await read();
    expect(valueOf(text, 'otklik_messages{status="triage"}')).to.equal(0);
    expect(valueOf(text, 'otklik_clocks_overdue{clause="6"}')).to.equal(0);
    expect(valueOf(text, 'otklik_outbox_oldest_seconds')).to.equal(0);
    expect(valueOf(text, 'otklik_urgent_reports{status="open"}')).to.equal(0);
    expect(valueOf(text, 'otklik_surges')).to.equal(0);
    expect(text).not.to.match(/otklik_urgent_report_seconds\{/);
    expect(text).to.contain('nodejs_eventloop_lag_seconds');
    expect(text).not.to.match(/otklik_poll_success_age_seconds\{/);
  });

  it('tell of messages, clocks, queues and readings', async () => {
    const { db } = api.stage;
    const id = await aMessage(api.stage);
    await anAssignment(api.stage, id, 'minobr', '2026-01-12T10:00');
    await db.query(`update deadline set due_at = '2026-01-13T10:00Z' where kind = 'draft'`);
    await db.query(`update deadline set due_at = '2026-01-12T10:30Z' where kind = 'return'`);
    await db.query(
      `insert into urgent_report (id, source_key, message_id, grounds, opened_at, sent_at, status)
       values (gen_random_uuid(), 'x', $1, '', now() - interval '6 minutes', now(), 'sent')`,
      [id],
    );
    await queueStart(db.manager, 'message-detected', randomUUID(), {});
    await db.query(`update process_start set created_at = now() - interval '1 minute'`);
    const entry = { channel: 'email' as const, address: 'a@example', subject: '', body: '' };
    await db.query('delete from outbox');
    for (const attempts of [0, 6]) {
      await db.getRepository(OutboxEntryEntity).insert({
        id: randomUUID(),
        key: `test:${attempts}`,
        attempts,
        createdAt: new Date(Date.now() - 120_000),
        ...entry,
      });
    }
    await db.query(
      `insert into poll_cursor (network, source, lease_until, last_success_at, last_error) values
       ('vk', 'page:1', now(), now() - interval '10 seconds', null),
       ('vk', 'search:a', now(), now() - interval '5 minutes', 'away'),
       ('vk', 'search:gone', now() - interval '9 days', now() - interval '9 days', 'away')`,
    );
    const text = await read();
    for (const [name, value] of [
      ['otklik_messages{status="assigned"}', 1],
      ['otklik_clocks_running{clause="5"}', 0],
      ['otklik_clocks_running{clause="6"}', 1],
      ['otklik_clocks_overdue{clause="5"}', 0],
      ['otklik_clocks_overdue{clause="6"}', 1],
      ['otklik_urgent_reports{status="sent"}', 1],
      ['otklik_urgent_report_seconds{quantile="0.5"}', 360],
      ['otklik_process_starts_waiting', 1],
      ['otklik_outbox_waiting', 2],
      ['otklik_outbox_refused', 1],
      ['otklik_poll_sources_failing{network="vk"}', 1],
    ] as const) {
      expect(valueOf(text, name), name).to.equal(value);
    }
    expect(valueOf(text, 'otklik_process_starts_oldest_seconds')).to.be.within(60, 120);
    expect(valueOf(text, 'otklik_outbox_oldest_seconds')).to.be.within(120, 180);
    expect(valueOf(text, 'otklik_poll_success_age_seconds{network="vk"}')).to.be.within(10, 70);
  });

  it('tell how jobs ended and readings failed', async () => {
    jobs.inc({ type: 'record-draft', outcome: 'postponed' });
    pollFailures.inc({ network: 'vk' });
    const text = await read();
    const job = 'otklik_jobs_total{type="record-draft",outcome="postponed"}';
    expect(valueOf(text, job)).to.be.at.least(1);
    expect(valueOf(text, 'otklik_poll_failures_total{network="vk"}')).to.be.at.least(1);
  });

  it('tell how long requests took, by route and not by address', async () => {
    await api.call('GET', `/api/v1/messages/${randomUUID()}`, await api.token());
    await api.call('GET', '/api/v1/messages?q=тайна', null);
    await fetch(`${api.url}/messages/${randomUUID()}?key=x`);
    await fetch(`${api.url}/nowhere/тайна`, { method: 'PROPFIND' });
    const text = await until(async () => {
      const now = await read();
      return /method="other"/.test(now) ? now : null;
    });
    const count = 'otklik_http_request_duration_seconds_count';
    const route = 'route="/api/v1/messages/{id}"';
    expect(valueOf(text, `${count}{method="GET",${route},status="404"}`)).to.be.at.least(1);
    const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map(([, it]) => it));
    expect([...routes].filter((it) => /тайна|[0-9a-f]{8}-/.test(decodeURIComponent(it ?? '')))).to
      .be.empty;
    expect(text).not.to.contain(secret);
  });

  it('are open to this machine alone, if that was set, and not through a proxy', async () => {
    const open = await openApi({ metricsOpen: true });
    try {
      expect((await open.call('GET', '/metrics', null)).status).to.equal(200);
      for (const [name, value] of [
        ['x-forwarded-for', '127.0.0.1'],
        ['forwarded', 'for=127.0.0.1'],
      ] as const) {
        const told = await open.send('/metrics', { headers: { [name]: value } });
        expect(told.status, name).to.equal(401);
      }
      expect((await open.call('GET', '/api/v1/messages', null)).status).to.equal(401);
    } finally {
      await open.close();
    }
  });
});
