import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { InputError } from '../errors.ts';
import { answer, drafted, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { claimMessage } from './claim-message.ts';
import { proposeCompetence } from './propose-competence.ts';
import { recordTriage } from './record-triage.ts';

const AUTHOR = { authorUrl: 'https://vk.com/id5' };

const FORMS = ['triage', 'draft', 'return-review', 'composition', 'review', 'rework'];

describe('A reply to our answer, at triage', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  const at = engineTime('2026-11-24T15:00');

  async function replied(text = 'Обещали уже летом!', author = AUTHOR) {
    const earlier = await drafted(stage.db, { minzhkh: 'Лифт починят до 1 декабря.' }, AUTHOR);
    const answerId = await answer(stage.db, earlier.messageId, 'Лифт починят до *1 декабря*.');
    await stage.db.getRepository(PublicationEntity).insert({
      id: answerId,
      messageId: earlier.messageId,
      answerId,
      guid: answerId,
      status: 'published',
      reservedAt: msk('2026-11-24T14:00'),
    });
    const over = { ...author, text, topic: null, status: 'detected' as const };
    const followUpOf = earlier.messageId;
    const { messageId } = await drafted(stage.db, {}, { ...over, followUpOf });
    return { earlier: earlier.messageId, messageId };
  }
  const triage = (messageId: string, submission: object) => ({
    messageId,
    triage: submission,
    at,
  });

  it('says so, with the earlier message and our answer, and proposes those who answered (clause 2)', async () => {
    const { earlier, messageId } = await replied();
    const claimed = await stage.twice(claimMessage(stage), { messageId, at });
    expect(claimed)
      .to.have.property('followUpText')
      .that.contains('Ответ на наш ответ** · пишет тот же автор')
      .and.contains(stage.pageLink(earlier))
      .and.contains('Лифт починят до &#42;1 декабря');
    const handler = proposeCompetence({ ...stage, curatorLink: stage.pageLink });
    const proposed = await stage.twice(handler, { messageId, competence: [] });
    expect(proposed).to.deep.include({ proposedAgencies: ['minzhkh'], proposedTopic: 'roads' });
    expect(proposed).to.have.property('proposal').that.contains('Отвечали в прошлый раз');

    const other = await replied('А у нас?', { authorUrl: 'https://vk.com/id6' });
    const claimedOther = await stage.twice(claimMessage(stage), { ...other, at });
    expect(claimedOther).to.have.property('followUpText').that.contains('другой автор');
  });

  it('is closed with a reason when it needs no answer', async () => {
    const { messageId } = await replied('Спасибо!');
    const output = await stage.twice(
      recordTriage(stage),
      triage(messageId, { decision: 'close', reason: 'Благодарит.' }),
    );
    expect(output).to.include({ decision: 'close', repeatKey: null });
    const row = await stage.db.getRepository(MessageEntity).findOneByOrFail({ id: messageId });
    expect(row).to.include({ status: 'closed', reason: 'Благодарит.', topic: 'roads' });
    expect(row.finishedAt).to.deep.equal(msk('2026-11-24T15:00'));
  });

  it('alone can be closed so, and not without a reason', async () => {
    const plain = await drafted(stage.db, {}, { status: 'triage' });
    const { messageId } = await replied();
    for (const [id, submission, why] of [
      [plain.messageId, { decision: 'close', reason: 'Не нужно' }, 'только ответ на наш ответ'],
      [messageId, { decision: 'close', reason: ' ' }, 'почему ответ не требуется'],
    ] as const) {
      const error = await stage.failure(recordTriage(stage), triage(id, submission));
      expect(error).to.be.instanceOf(InputError).with.property('message').that.contains(why);
    }
  });

  it('is shown with what was said before to everybody who works on it', async () => {
    for (const name of FORMS) {
      const form = await readFile(
        new URL(`../../bpmn/forms/${name}.form`, import.meta.url),
        'utf8',
      );
      expect(form, name).to.contain('{{followUpText}}');
    }
  });
});
