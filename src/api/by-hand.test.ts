import { expect } from 'chai';
import { openApi, type Api } from '../../test/api.ts';
import { aMessage } from '../../test/builders.ts';
import { aJob } from '../../test/job.ts';
import type { World } from '../../test/networks/world.ts';
import { worlds as all } from '../../test/networks/worlds.ts';
import { engineTime } from '../../test/stage.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { messageId } from '../monitor/message-id.ts';
import { networksOf, type Networks } from '../networks/registry.ts';
import { recordTriage } from '../route/record-triage.ts';

describe('Posts of the five networks given by their address', () => {
  const worlds: Record<string, World> = {};
  let networks: Networks;
  let api: Api;
  let secret: string;
  before(async () => {
    for (const [code, open] of Object.entries(all)) worlds[code] = await open();
    networks = networksOf(...Object.values(worlds).map(({ network }) => network));
    api = await openApi({ networks });
    secret = await api.token();
  });
  after(async () => {
    await api.close();
    await Promise.all(Object.values(worlds).map((world) => world.close()));
  });
  const give = (body: object) => api.call('POST', '/api/v1/messages', secret, body);

  for (const code of Object.keys(all)) {
    it(`are taken in as the monitor would, and name the original of a repeat: ${code}`, async () => {
      const world = worlds[code] ?? expect.fail(code);
      const externalId = world.post('Смоленск, яма');
      const [shown] = (await world.network.find?.([externalId])) ?? [];
      const url = shown?.url ?? expect.fail('not shown');
      const told = await give({ url: ` ${url} ` });
      expect(told.status, JSON.stringify(told.body)).to.equal(201);
      const id = messageId(code, externalId);
      expect(told.body).to.deep.include({ id, url, text: 'Смоленск, яма', kind: 'post' });
      expect((await give({ url })).status).to.equal(200);

      const repeat = await aMessage(api.stage, { network: code });
      await recordTriage({ db: api.stage.db, networks }).run(
        {
          messageId: repeat,
          triage: { decision: 'duplicate', duplicateOf: url.replace('http://', '') },
          at: engineTime('2026-11-24T10:00'),
        },
        aJob(),
      );
      const row = await api.stage.db.getRepository(MessageEntity).findOneByOrFail({ id: repeat });
      expect(row).to.include({ status: 'duplicate', duplicateOf: id });
    });
  }

  it('are refused with what would do, where the network does not find by address', async () => {
    for (const [url, says] of [
      ['https://www.facebook.com/smolgov/posts/pfbid02AbC', /^Facebook, допустимо: .*номерами/],
      ['https://www.instagram.com/p/Cx_9-AbCdEf/', /^Instagram, допустимо: .*отметкой/],
      ['https://ok.ru/smolensk/topic/12345', /^Одноклассники, допустимо: другой адрес/],
    ] as const) {
      const told = await give({ url, text: 'Яма' });
      expect(told.status, url).to.equal(422);
      expect(told.body).to.have.nested.property('errors[0].pointer', '/url');
      expect(told.body).to.have.nested.property('errors[0].detail').match(says);
    }
  });
});
