import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { AnswerEntity } from '../db/entities/answer.ts';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { repeatKey } from '../db/repeats.ts';
import { filesOfAnswer } from '../attachments/list.ts';
import { networksOf } from '../networks/registry.ts';
import { anAttachment } from '../../test/attachments.ts';
import { answer, drafted, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { vkAt } from '../../test/vk.ts';
import { checkFormat } from './check-format.ts';
import { startReviewClock } from './start-review-clock.ts';
import { takeOriginalAnswer } from './take-original-answer.ts';

const ANSWER = 'Фонари во дворе заменены.';

describe('The answer of a repeat’s original', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  const at = engineTime('2026-11-24T15:00');
  const message = (id: string) => stage.db.getRepository(MessageEntity).findOneByOrFail({ id });

  async function linked() {
    const original = await drafted(stage.db, { minzhkh: ANSWER }, { status: 'answered' });
    const over = { status: 'duplicate' as const, duplicateOf: original.messageId };
    const { messageId } = await drafted(stage.db, {}, { ...over, topic: null });
    const key = repeatKey(messageId, original.messageId);
    const take = () =>
      stage.twice(takeOriginalAnswer(stage), { messageId, repeatKey: key, at }, 'taking');
    return { original: original.messageId, messageId, take };
  }
  async function published(messageId: string, attachments: string[] = []): Promise<void> {
    const answerId = await answer(stage.db, messageId, ANSWER);
    await stage.db.getRepository(AnswerEntity).update({ id: answerId }, { attachments });
    await stage.db.getRepository(PublicationEntity).insert({
      id: answerId,
      messageId,
      answerId,
      guid: answerId,
      status: 'published',
      permalink: 'https://vk.com/wall-1_20?reply=5',
      reservedAt: msk('2026-11-24T14:59'),
    });
  }

  it('is taken with its files, and the curator’s clock starts (clause 8)', async () => {
    const { original, messageId, take } = await linked();
    const photo = await anAttachment(stage.db, original, {}, Buffer.from('the photo'));
    await published(original, [photo]);
    expect(await take()).to.deep.equal({ originalAnswered: true });
    expect(await message(messageId)).to.include({ status: 'review', topic: 'roads' });
    const [copy, ...more] = await filesOfAnswer(stage.db.manager, messageId);
    expect(more).to.be.empty;
    expect(copy)
      .to.include({ assignmentId: null, name: 'двор.jpg' })
      .and.not.include({ id: photo });
    expect(await text(stage.storage.open(copy?.id ?? ''))).to.equal('the photo');
    await stage.db.getRepository(AttachmentEntity).delete({ id: photo });

    const started = await stage.twice(startReviewClock(stage), { messageId, at });
    expect(started).to.include({ answerText: ANSWER, partsCount: 0 });
    expect(started)
      .to.have.property('partsText')
      .that.contains('Повтор')
      .and.contains(stage.pageLink(original))
      .and.contains('https://vk.com/wall-1_20?reply=5');
  });

  it('is nothing: the curator triages the message anew and reads why', async () => {
    const { messageId, take } = await linked();
    const output = await take();
    expect(output).to.include({ originalAnswered: false, repeatKey: null, triage: null });
    expect(output).to.have.property('likelyRepeats').that.contains('без ответа');
    expect(await message(messageId)).to.include({ status: 'triage', duplicateOf: null });
  });

  it('does not fit the repeat’s network: curators are told once (clauses 8, 11)', async () => {
    const { original, messageId, take } = await linked();
    await published(original);
    await take();
    const answerId = await answer(stage.db, messageId, ANSWER);
    const narrow = vkAt('http://vk.example', { user: null, group: null }, { textLimit: 10 });
    const networks = networksOf(narrow);
    const checked = await stage.twice(checkFormat({ ...stage, networks }), { messageId, answerId });
    expect(checked).to.include({ formatOk: false });
    const told = (await stage.mail()).filter(({ key }) => key.includes(answerId));
    expect(told.map(({ address }) => address)).to.have.members([
      'curator@smolensk.example',
      'curator2@smolensk.example',
    ]);
    expect(told[0]?.body).to.contain('длиннее');
  });
});
