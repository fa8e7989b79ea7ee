import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { phonePhoto, photo } from '../../test/photos.ts';
import { clock, drafted, msk, openStage, type Stage } from '../../test/stage.ts';
import { pixel } from '../../sandbox/testing.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { transaction } from '../db/transaction.ts';
import { InputError } from '../errors.ts';
import { addDraft } from '../prepare/add-draft.ts';
import { addAnswer } from '../review/add-answer.ts';
import { cleanUp } from './clean-up.ts';
import { candidates, filesOfAnswer, filesOfAssignment } from './list.ts';
import type { Side } from './links.ts';
import { receive, TooLarge } from './receive.ts';
import { leaveOut, removeFile } from './remove.ts';
import { createStorage } from './create-storage.ts';
import type { AttachmentStorage } from './storage.ts';

const LIMITS = { bytes: 150_000, count: 3 };

describe('Photos and videos of answers', () => {
  let stage: Stage;
  let folder: string;
  let storage: AttachmentStorage;
  before(async () => {
    stage = await openStage();
    folder = await mkdtemp(join(tmpdir(), 'otklik-test-attachments-'));
    storage = createStorage(folder, stage.db);
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const deps = () => ({ db: stage.db, storage, limits: LIMITS });
  const add = (side: Side, id: string, name: string, bytes: Buffer) =>
    receive(deps(), { side, id }, { name, content: Readable.from([bytes]) });
  const failure = (given: Promise<unknown>): Promise<Error> =>
    given.then(
      () => expect.fail('nothing was thrown'),
      (error: Error) => error,
    );
  const names = (files: { name: string }[]) => files.map(({ name }) => name);
  const onDisk = async (): Promise<number> =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile())
      .length;
  const rowsOf = (assignmentId: string) =>
    stage.db.getRepository(AttachmentEntity).findBy({ assignmentId });
  const anOpenAssignment = async () => {
    const messageId = await aMessage(stage);
    return { messageId, id: (await anAssignment(stage, messageId)).id };
  };
  const submit = async (assignmentId: string) => {
    const { draft } = await transaction(stage.db, (tx, last) =>
      addDraft(tx, last, {
        sourceKey: randomUUID(),
        assignmentId,
        text: 'Проект.',
        submittedAt: msk('2026-11-24T12:00'),
      }),
    );
    return draft;
  };

  it('are kept without the place where they were taken, with their checksum', async () => {
    const { id } = await anOpenAssignment();
    const row = await add('executor', id, '../../фото', phonePhoto('54N 32E', 1));
    expect(row).to.include({
      name: 'фото.jpg',
      mediaType: 'image/jpeg',
      size: photo.length,
      sha256: createHash('sha256').update(photo).digest('hex'),
      assignmentId: id,
      stored: true,
    });
    expect(await buffer(storage.open(row.id))).to.deep.equal(photo);
    const [line] = await stage.db.query<{ action: string }[]>(
      'select action from audit where key = $1',
      [`attachment:${row.id}:added`],
    );
    expect(line?.action).to.equal('добавлен файл «фото.jpg»');
  });

  it('of one name are told apart', async () => {
    const { id } = await anOpenAssignment();
    await add('executor', id, 'a.jpg', photo);
    await add('executor', id, 'a.jpg', photo);
    expect(names(await filesOfAssignment(stage.db.manager, id))).to.deep.equal([
      'a.jpg',
      'a (2).jpg',
    ]);
  });

  describe('are refused and leave nothing behind', () => {
    async function leavesNothing(id: string, act: () => Promise<unknown>): Promise<Error> {
      const [files, rows] = [await onDisk(), await rowsOf(id)];
      const error = await failure(act());
      expect(await onDisk()).to.equal(files);
      expect(await rowsOf(id)).to.deep.equal(rows);
      return error;
    }

    it('when too long, of which no more is read than is allowed', async () => {
      const { id } = await anOpenAssignment();
      let given = 0;
      function* endless() {
        yield photo.subarray(0, -2);
        for (; given < 1_000_000_000; given += 10_000) yield Buffer.alloc(10_000, 1);
      }
      const error = await leavesNothing(id, () =>
        receive(
          deps(),
          { side: 'executor', id },
          { name: 'a.jpg', content: Readable.from(endless()) },
        ),
      );
      expect(error).to.be.instanceOf(TooLarge);
      expect(error.message).to.contain('«a.jpg» больше 0,1 МБ');
      expect(given).to.be.below(LIMITS.bytes + 500_000);
    });

    it('when too many', async () => {
      const { id } = await anOpenAssignment();
      for (const name of ['1.jpg', '2.jpg', '3.jpg']) await add('executor', id, name, photo);
      const error = await leavesNothing(id, () => add('executor', id, '4.jpg', photo));
      expect(error.message).to.contain('Файлов уже 3');
      const four = await anOpenAssignment();
      const results = await Promise.allSettled(
        [1, 2, 3, 4, 5, 6].map((n) => add('executor', four.id, `${n}.jpg`, photo)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
      expect(await rowsOf(four.id)).to.have.length(3);
    });

    for (const [what, name, bytes, said] of [
      ['not what their name says', 'a.jpg', pixel, 'по содержимому — PNG'],
      ['neither photo nor video', 'a.png', Buffer.from('<html>'), 'не фотография и не видео'],
      ['empty', 'a.png', Buffer.alloc(0), 'пуст'],
      [
        'damaged',
        'a.jpg',
        Buffer.concat([photo.subarray(0, 30), Buffer.from('x'.repeat(5_000))]),
        'повреждён',
      ],
    ] as const) {
      it(`when ${what}`, async () => {
        const { id } = await anOpenAssignment();
        const error = await leavesNothing(id, () => add('executor', id, name, bytes));
        expect(error).to.be.instanceOf(InputError);
        expect(error.message).to.contain(said);
      });
    }

    it('when they break off, at whatever byte', async () => {
      const { id } = await anOpenAssignment();
      for (const after of [0, 100, 5_000]) {
        function* breaking() {
          yield Buffer.concat([photo.subarray(0, -2), Buffer.alloc(10_000, 1)]).subarray(0, after);
          throw new Error('ECONNRESET');
        }
        const error = await leavesNothing(id, () =>
          receive(
            deps(),
            { side: 'executor', id },
            { name: 'a.jpg', content: Readable.from(breaking()) },
          ),
        );
        expect(error.message, String(after)).to.contain('прервалась');
      }
    });

    it('when the storage fails', async () => {
      const { id } = await anOpenAssignment();
      const full: AttachmentStorage = {
        ...storage,
        put: () => Promise.reject(new Error('ENOSPC')),
      };
      const error = await leavesNothing(id, () =>
        receive(
          { ...deps(), storage: full },
          { side: 'executor', id },
          { name: 'a.jpg', content: Readable.from([photo]) },
        ),
      );
      expect(error.message).to.equal('ENOSPC');
    });

    it('when the work has ended, also while they were on their way', async () => {
      const { id } = await anOpenAssignment();
      const repository = stage.db.getRepository(AssignmentEntity);
      async function* slow() {
        yield photo.subarray(0, -2);
        await repository.update({ id }, { status: 'drafted' });
        yield photo.subarray(-2);
      }
      const late = await leavesNothing(id, () =>
        receive(
          deps(),
          { side: 'executor', id },
          { name: 'a.jpg', content: Readable.from(slow()) },
        ),
      );
      expect(late.message).to.contain('уже закончена');
      const after = await leavesNothing(id, () => add('executor', id, 'a.jpg', photo));
      expect(after.message).to.contain('уже закончена');
    });
  });

  describe('on their way', () => {
    it('join the draft that is sent, and a later version the later ones (clauses 7, 9)', async () => {
      const { id } = await anOpenAssignment();
      const kept = await add('executor', id, 'kept.jpg', photo);
      const gone = await add('executor', id, 'gone.jpg', photo);
      await removeFile(deps(), { side: 'executor', id }, gone.id);
      const first = await submit(id);
      expect(first.attachments).to.deep.equal([kept.id]);

      const { messageId } = await stage.db.getRepository(AssignmentEntity).findOneByOrFail({ id });
      await stage.db.getRepository(AssignmentEntity).update({ id }, { status: 'drafted' });
      const reworking = await clock(stage.db, messageId, {
        kind: 'rework',
        assignmentId: id,
        agencyCode: 'minzdrav',
        dueAt: msk('2026-11-24T16:00'),
      });
      const fresh = await add('executor', id, 'fresh.png', pixel);
      await removeFile(deps(), { side: 'executor', id }, kept.id);
      const second = await submit(id);
      expect(second.attachments).to.deep.equal([fresh.id]);
      expect(
        (await stage.db.getRepository(DraftEntity).findOneByOrFail({ id: first.id })).attachments,
      ).to.deep.equal([kept.id]);
      // What was sent with the first version stays with it.
      expect(await buffer(storage.open(kept.id))).to.deep.equal(photo);

      await stage.db.getRepository(DeadlineEntity).update(reworking, { stoppedAt: new Date() });
      const error = await failure(add('executor', id, 'late.jpg', photo));
      expect(error.message).to.contain('уже закончена');
    });

    it('of all parts make the answer, but for what the curator leaves out (clause 10)', async () => {
      const { messageId, assignments } = await drafted(
        stage.db,
        { minzhkh: 'Теплотрасса.', mintrans: 'Дорога.' },
        { status: 'review' },
      );
      const [heat, road] = assignments as [string, string];
      const files: Record<string, string> = {};
      for (const [assignmentId, name] of [
        [road, 'road.jpg'],
        [heat, 'heat.jpg'],
      ] as const) {
        await stage.db.getRepository(AssignmentEntity).update(assignmentId, { status: 'open' });
        files[name] = (await add('executor', assignmentId, name, photo)).id;
        await submit(assignmentId);
        await stage.db.getRepository(AssignmentEntity).update(assignmentId, { status: 'drafted' });
      }
      const own = await add('curator', messageId, 'own.png', pixel);
      const answered = async () => names(await filesOfAnswer(stage.db.manager, messageId));
      expect(await answered()).to.deep.equal(['heat.jpg', 'road.jpg', 'own.png']);

      await leaveOut(deps(), messageId, files['heat.jpg'] ?? '', true);
      await leaveOut(deps(), messageId, files['heat.jpg'] ?? '', true);
      expect(await answered()).to.deep.equal(['road.jpg', 'own.png']);
      expect(names(await candidates(stage.db.manager, messageId))).to.include('heat.jpg');
      const add1 = () =>
        transaction(stage.db, (tx, last) =>
          addAnswer(tx, last, {
            sourceKey: `answer:${messageId}`,
            messageId,
            text: 'Ответ.',
            composedAt: msk('2026-11-24T13:00'),
          }),
        );
      const answer = await add1();
      expect(answer.attachments).to.deep.equal([files['road.jpg'], own.id]);
      await leaveOut(deps(), messageId, files['heat.jpg'] ?? '', false);
      expect(await answered()).to.deep.equal(['heat.jpg', 'road.jpg', 'own.png']);
      expect((await add1()).attachments, 'the same again').to.deep.equal(answer.attachments);

      const foreign = await failure(
        removeFile(deps(), { side: 'curator', id: messageId }, files['road.jpg'] ?? ''),
      );
      expect(foreign.message).to.contain('Такого файла здесь нет');
      const another = await failure(leaveOut(deps(), messageId, own.id, true));
      expect(another.message).to.contain('Такого файла здесь нет');
    });

    it('no longer change while the answer is being published', async () => {
      const { messageId } = await drafted(stage.db, { mintrans: 'Проект.' }, { status: 'review' });
      const own = await add('curator', messageId, 'own.png', pixel);
      const answer = await transaction(stage.db, (tx, last) =>
        addAnswer(tx, last, {
          sourceKey: randomUUID(),
          messageId,
          text: 'Ответ.',
          composedAt: msk('2026-11-24T13:00'),
        }),
      );
      const publication = {
        id: randomUUID(),
        messageId,
        answerId: answer.id,
        guid: answer.id,
        status: 'unknown' as const,
        reservedAt: new Date(),
      };
      await stage.db.getRepository(PublicationEntity).insert(publication);
      const act = () => removeFile(deps(), { side: 'curator', id: messageId }, own.id);
      expect((await failure(act())).message).to.contain('уже размещается');
      await stage.db
        .getRepository(PublicationEntity)
        .update({ id: publication.id }, { status: 'refused' });
      await act();
      await act();
      await stage.db
        .getRepository(MessageEntity)
        .update(messageId, { finishedAt: new Date(), status: 'answered' });
      expect((await failure(act())).message).to.contain('уже закончена');
    });
  });

  it('that were removed before they were sent are erased', async () => {
    const { id } = await anOpenAssignment();
    const { id: file } = await add('executor', id, 'a.jpg', photo);
    const files = await onDisk();
    await removeFile(deps(), { side: 'executor', id }, file);
    await removeFile(deps(), { side: 'executor', id }, file);
    expect(await onDisk()).to.equal(files - 1);
    const row = await stage.db.getRepository(AttachmentEntity).findOneByOrFail({ id: file });
    expect(row.removedAt).to.be.instanceOf(Date);
    expect(row.stored).to.be.false;
  });

  it('of another assignment cannot be removed', async () => {
    const [one, other] = [await anOpenAssignment(), await anOpenAssignment()];
    const file = await add('executor', one.id, 'a.jpg', photo);
    const error = await failure(removeFile(deps(), { side: 'executor', id: other.id }, file.id));
    expect(error.message).to.contain('Такого файла здесь нет');
    expect(names(await filesOfAssignment(stage.db.manager, one.id))).to.deep.equal(['a.jpg']);
  });

  it('left by a crash are cleaned up, those on their way are not', async () => {
    const { id } = await anOpenAssignment();
    const [onItsWay, ofACrash, removed] = [
      await add('executor', id, 'way.jpg', photo),
      await add('executor', id, 'crash.jpg', photo),
      await add('executor', id, 'removed.jpg', photo),
    ];
    const repository = stage.db.getRepository(AttachmentEntity);
    await repository.update([onItsWay.id, ofACrash.id], { stored: false });
    await repository.update(ofACrash.id, { uploadedAt: new Date(Date.now() - 2 * 3_600_000) });
    await repository.update(removed.id, { removedAt: new Date() });
    const files = await onDisk();
    await cleanUp(deps());
    await cleanUp(deps());
    expect(await onDisk()).to.equal(files - 2);
    expect(await repository.findOneBy({ id: ofACrash.id })).to.be.null;
    expect(await repository.findOneByOrFail({ id: removed.id })).to.include({ stored: false });
    expect(await repository.existsBy({ id: onItsWay.id })).to.be.true;
  });
});
