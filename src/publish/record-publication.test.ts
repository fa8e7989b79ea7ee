import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity, type Publication } from '../db/entities/publication.ts';
import { InputError } from '../errors.ts';
import {
  answer,
  clock,
  drafted,
  engineTime,
  msk,
  openStage,
  type Stage,
} from '../../test/stage.ts';
import { recordManualPublication } from './record-manual-publication.ts';
import { recordPublication } from './record-publication.ts';

const LINK = 'https://vk.com/wall-1_20?reply=31';

describe('What is recorded of a publication (clause 8)', () => {
  let stage: Stage;
  let messageId: string;
  let answerId: string;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  beforeEach(async () => {
    ({ messageId } = await drafted(stage.db, {}, { status: 'review' }));
    answerId = await answer(stage.db, messageId);
    await clock(stage.db, messageId, {
      kind: 'review',
      agencyCode: 'vnutrpolitika',
      dueAt: msk('2026-11-24T14:30'),
    });
  });

  const publish = (status: Publication['status']) =>
    stage.db.getRepository(PublicationEntity).insert({
      id: randomUUID(),
      messageId,
      answerId,
      guid: answerId,
      status,
      manual: false,
      reservedAt: msk('2026-11-24T13:00'),
      ...(status === 'published' && { permalink: LINK }),
    });
  const publication = () =>
    stage.db.getRepository(PublicationEntity).findOneByOrFail({ messageId });
  const byHand = (link: unknown) => ({
    messageId,
    answerId,
    manual: { link },
    at: engineTime('2026-11-24T13:20'),
  });

  it('answers the message and stops the curator’s clock at the engine’s time', async () => {
    await publish('published');
    const at = engineTime('2026-11-24T13:10');
    const output = await stage.twice(recordPublication(stage), { messageId, at });
    expect(output).to.deep.equal({ reviewOutcome: 'published' });
    const time = msk('2026-11-24T13:10');
    expect((await publication()).publishedAt).to.deep.equal(time);
    const message = await stage.db.getRepository(MessageEntity).findOneByOrFail({ id: messageId });
    expect(message).to.deep.include({ status: 'answered', finishedAt: time });
    const { stoppedAt } = await stage.db
      .getRepository(DeadlineEntity)
      .findOneByOrFail({ messageId });
    expect(stoppedAt).to.deep.equal(time);
  });

  for (const status of ['needs-person', 'unknown'] as const) {
    it(`by hand takes the place of one that is «${status}»`, async () => {
      await publish(status);
      const output = await stage.twice(recordManualPublication(stage), byHand(` ${LINK} `));
      const publishedAt = msk('2026-11-24T13:20');
      expect(output).to.deep.equal({ publishedAt: publishedAt.toISOString(), inputError: null });
      expect(await publication()).to.deep.include({
        status: 'published',
        manual: true,
        permalink: LINK,
        publishedAt,
      });
      await stage.twice(recordPublication(stage), {
        messageId,
        at: engineTime('2026-11-24T13:21'),
      });
      expect((await publication()).publishedAt).to.deep.equal(publishedAt);
    });
  }

  it('by hand may stand elsewhere in the network when the original is gone', async () => {
    await publish('gone');
    await stage.twice(recordManualPublication(stage), byHand('https://vk.com/wall-1_99'));
    expect(await publication()).to.include({ status: 'published', manual: true });
  });

  for (const link of [null, 5, '', 'нет', 'https://ok.ru/topic/1', 'https://vk.com/wall-1_99']) {
    it(`by hand is refused with the link ${JSON.stringify(link)}`, async () => {
      await publish('needs-person');
      const error = await stage.failure(recordManualPublication(stage), byHand(link));
      expect(error).to.be.instanceOf(InputError);
      expect((await publication()).status).to.equal('needs-person');
    });
  }
});
