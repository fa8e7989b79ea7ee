import { expect } from 'chai';
import { openApi, type Api } from '../../test/api.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { msk } from '../../test/stage.ts';
import { createToken, revokeToken } from '../access/token.ts';
import type { Role } from '../access/principal.ts';
import { isScoped, ROLES } from '../access/rights.ts';
import { ApiTokenEntity } from '../db/entities/api-token.ts';
import { openShortcoming } from '../db/shortcomings.ts';
import { log } from '../log.ts';

const DAY_MS = 86_400_000;

describe('Who may do what through the interface', () => {
  let api: Api;
  let own: string;
  let foreign: string;
  let unassigned: string;
  const secrets = new Map<Role, string>();
  before(async () => {
    api = await openApi();
    own = await aMessage(api.stage);
    foreign = await aMessage(api.stage);
    unassigned = await aMessage(api.stage);
    await anAssignment(api.stage, own, 'minobr');
    await anAssignment(api.stage, own, 'mintrans');
    await anAssignment(api.stage, foreign, 'mintrans');
    for (const role of ROLES) {
      secrets.set(role, await api.token({ role, agencies: isScoped(role) ? ['minobr'] : null }));
    }
  });
  after(() => api.close());

  const NEW = { url: 'https://vk.com/wall-9_9', text: 'Нет воды' };
  /** For each role: read one's own, another agency's, one of nobody; list; register; metrics. */
  const TABLE: Record<Role, [number, number, number, number, number, number]> = {
    executor: [200, 404, 404, 200, 403, 403],
    'deputy-governor': [200, 404, 404, 200, 403, 403],
    curator: [200, 200, 200, 200, 200, 403],
    'department-head': [200, 200, 200, 200, 200, 403],
    governor: [200, 200, 200, 200, 403, 403],
    administrator: [403, 403, 403, 403, 403, 200],
  };
  for (const role of ROLES) {
    it(`${role}: ${TABLE[role].join(', ')}`, async () => {
      await api.call('POST', '/api/v1/messages', secrets.get('curator') ?? null, NEW);
      const secret = secrets.get(role) ?? null;
      const statuses: number[] = [];
      for (const [method, path, body] of [
        ['GET', `/api/v1/messages/${own}`],
        ['GET', `/api/v1/messages/${foreign}`],
        ['GET', `/api/v1/messages/${unassigned}`],
        ['GET', '/api/v1/messages'],
        ['POST', '/api/v1/messages', NEW],
        ['GET', '/metrics'],
      ] as const) {
        statuses.push((await api.call(method, path, secret, body)).status);
      }
      expect(statuses).to.deep.equal(TABLE[role]);
    });
  }

  it('another agency’s messages are in no list, whatever is asked for', async () => {
    const secret = secrets.get('executor') ?? null;
    for (const query of ['', 'agency=mintrans', 'sort=due', 'total=true', 'q=яма']) {
      const { body } = await api.call('GET', `/api/v1/messages?${query}`, secret);
      const { items, total } = body as { items: { id: string }[]; total?: number };
      expect(
        items.map(({ id }) => id),
        query,
      ).to.deep.equal([own]);
      expect(total ?? 1).to.equal(1);
    }
  });

  it('another agency’s shortcomings are not told to those who share a message (clause 13)', async () => {
    for (const agencyCode of ['minobr', 'mintrans']) {
      await openShortcoming(api.stage.db.manager, {
        sourceKey: `fault:${agencyCode}`,
        kind: 'substance',
        messageId: own,
        assignmentId: null,
        deadlineId: null,
        agencyCode,
        executor: null,
        description: `Недостаток ${agencyCode}`,
        openedAt: msk('2026-11-25T14:00'),
      });
    }
    const told = async (role: Role) =>
      JSON.stringify(
        (await api.call('GET', `/api/v1/messages/${own}`, secrets.get(role) ?? null)).body,
      );
    expect(await told('executor'))
      .to.contain('Недостаток minobr')
      .and.not.contain('Недостаток mintrans');
    expect(await told('curator'))
      .to.contain('Недостаток minobr')
      .and.contain('Недостаток mintrans');
  });

  describe('by token', () => {
    const list = (secret: string | null) => api.call('GET', '/api/v1/messages', secret);

    it('nobody is let in without a good one, and is told how to come in', async () => {
      const made = await createToken(
        api.stage.db,
        { name: 'a', role: 'curator', agencies: null, days: 1 },
        new Date(),
      );
      expect((await list(made.secret)).status).to.equal(200);
      await revokeToken(api.stage.db, made.token.id, new Date());
      const expired = await createToken(
        api.stage.db,
        { name: 'b', role: 'curator', agencies: null, days: 1 },
        new Date(Date.now() - DAY_MS),
      );
      const unknown = `otklik_${'A'.repeat(43)}`;
      for (const secret of [
        null,
        '',
        'x',
        unknown,
        made.secret,
        expired.secret,
        `${made.secret}x`,
      ]) {
        const told = await list(secret);
        expect(told.status, secret ?? 'none').to.equal(401);
        expect(told.headers.get('www-authenticate')).to.equal('Bearer realm="otklik"');
      }
      expect((await api.call('GET', '/metrics', null)).status).to.equal(401);
      expect((await api.call('GET', '/api/nowhere', null)).status).to.equal(401);
    });

    it('it is remembered when one was last used, and no secret is kept', async () => {
      const { token, secret } = await createToken(
        api.stage.db,
        { name: 'c', role: 'curator', agencies: null, days: 1 },
        new Date(),
      );
      await list(secret);
      const kept = await api.stage.db
        .getRepository(ApiTokenEntity)
        .findOneByOrFail({ id: token.id });
      expect(kept.lastUsedAt).to.be.instanceOf(Date);
      expect(JSON.stringify(kept)).not.to.contain(secret);
    });

    it('it appears in no line of the log', async () => {
      const { error, warn, info, debug } = log;
      const lines: unknown[] = [];
      const keep = ((...line: unknown[]) => void lines.push(line)) as typeof log.error;
      Object.assign(log, { error: keep, warn: keep, info: keep, debug: keep });
      const secret = await api.token();
      try {
        await list(secret);
        await list(`${secret}x`);
        await api.call('GET', `/api/v1/messages?key=${secret}`, secret);
        await api.call('POST', '/api/v1/messages', secret, { url: 'https://vk.com/wall-9_77' });
      } finally {
        Object.assign(log, { error, warn, info, debug });
      }
      expect(JSON.stringify(lines)).not.to.contain(secret);
    });
  });
});
