import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { aMessage, anAssignment, sentBack } from '../../test/builders.ts';
import { aJob } from '../../test/job.ts';
import { answer, draft, msk, openStage, type Stage } from '../../test/stage.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity, type Publication } from '../db/entities/publication.ts';
import { ReviewDecisionEntity } from '../db/entities/review-decision.ts';
import { loadHistory } from '../db/history.ts';
import { passedBy } from '../db/process-path.ts';
import { elementIds } from '../engine/contract.ts';
import { recordingPath } from '../engine/recording-path.ts';
import { InputError, ProcessError, TryLater } from '../errors.ts';
import { currentElements } from './current.ts';
import { passedElements } from './passed.ts';

describe('Where a message is in the diagram', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  describe('the elements passed', () => {
    it('are recorded with the jobs, once each, in their order', async () => {
      const outcomes: Record<string, Error> = {
        'record-triage': new InputError('нет'),
        'publish-answer': new TryLater('нет'),
        'assign-executor': new ProcessError('no-executor', 'нет'),
      };
      const [recording] = recordingPath(stage.db, [
        {
          type: 'take-draft',
          fetch: [],
          run: (_, { elementId }) => {
            const outcome = outcomes[elementId];
            return outcome ? Promise.reject(outcome) : Promise.resolve({});
          },
        },
      ]);
      const run = (elementId: string, processInstanceKey = '7') =>
        recording
          ?.run({}, aJob({ processInstanceKey, elementId }))
          .catch((error: unknown) => expect(error).to.equal(outcomes[elementId]));
      await run('claim-message');
      await run('record-triage');
      await run('publish-answer');
      await run('assign-executor');
      await Promise.all([
        run('record-draft'),
        run('record-draft'),
        run('claim-message', '8'),
        run('claim-message'),
        run('start-review-clock'),
        run('assign-executor', '8'),
      ]);
      expect(await passedBy(stage.db.manager, '8')).to.have.members([
        'claim-message',
        'assign-executor',
      ]);
      expect(await passedBy(stage.db.manager, '7')).to.deep.equal([
        'claim-message',
        'assign-executor',
        'record-draft',
        'start-review-clock',
      ]);
      expect(await passedBy(stage.db.manager, null)).to.deep.equal([]);
    });

    it('are also the task of a person before a job, and the end behind it', () => {
      expect(
        passedElements(['claim-message', 'propose-competence', 'record-triage']),
      ).to.deep.equal([
        'message-detected',
        'claim-message',
        'is-claimed',
        'propose-agency',
        'propose-competence',
        'triage',
        'record-triage',
      ]);
      expect(passedElements(['record-publication'])).to.include('published');
    });

    it('are none that may have been passed by: ways that meet, tasks whose timer fired', () => {
      const passed = passedElements(['check-format', 'warn-executor', 'gone-from-the-diagram']);
      expect(passed).to.include.members(['draft-warning', 'gone-from-the-diagram']);
      expect(passed).not.to.include.members(['answer-ready']);
      expect(passed).not.to.include('prepare-draft');
    });
  });

  describe('the element at which it waits', () => {
    const current = async (id: string, recorded: string[] = []) => {
      const history = await loadHistory(stage.db, id);
      const found = history ? currentElements(history, recorded) : expect.fail('no history');
      expect(elementIds).to.include.members(found);
      return found;
    };
    const claimed = (over: Partial<Message> = {}) =>
      aMessage(stage, { processInstanceKey: randomUUID(), status: 'triage', ...over });

    it('is the start, the triage, none after the end', async () => {
      expect(await current(await aMessage(stage))).to.deep.equal(['message-detected']);
      expect(await current(await claimed())).to.deep.equal(['triage']);
      expect(await current(await claimed(), ['assign-executor'])).to.deep.equal(['appoint-agency']);
      const finishedAt = msk('2026-11-24T12:00');
      expect(await current(await claimed({ status: 'answered', finishedAt }))).to.deep.equal([]);
    });

    it('is the executor’s draft or the review of a return, both when agencies differ', async () => {
      const id = await claimed();
      await anAssignment(stage, id, 'minzdrav');
      const { id: returned } = await anAssignment(stage, id, 'mintrans');
      expect(await current(id)).to.deep.equal(['prepare-draft']);
      await stage.db.getRepository(AssignmentEntity).update(returned, { status: 'returned' });
      expect(await current(id)).to.have.members(['prepare-draft', 'review-return']);
    });

    it('follows the curator’s review to the publication (clauses 8-10)', async () => {
      const id = await claimed();
      const { id: part } = await anAssignment(stage, id, 'minzdrav');
      await draft(stage.db, part, 1, 'Проект');
      await stage.db.getRepository(AssignmentEntity).update(part, { status: 'drafted' });
      await stage.db.getRepository(MessageEntity).update(id, { status: 'review' });
      const answerId = await answer(stage.db, id);
      expect(await current(id)).to.deep.equal(['review-answer']);
      const decide = (decision: 'publish' | 'edit') => {
        const key = randomUUID();
        return stage.db.getRepository(ReviewDecisionEntity).insert({
          id: key,
          sourceKey: key,
          messageId: id,
          answerId,
          decision,
          reworkAssignments: [],
          decidedAt: msk('2026-11-24T15:00'),
        });
      };
      await decide('publish');
      expect(await current(id)).to.deep.equal(['publish-answer']);
      const publication = stage.db.getRepository(PublicationEntity);
      await publication.insert({
        id: randomUUID(),
        messageId: id,
        answerId,
        guid: answerId,
        status: 'reserved',
        reservedAt: msk('2026-11-24T15:00'),
      });
      const becomes = async (status: Publication['status'], recorded: string[] = []) => {
        await publication.update({ answerId }, { status });
        return (await current(id, recorded))[0];
      };
      expect(await becomes('unknown')).to.equal('publish-answer');
      expect(await becomes('needs-person')).to.equal('publish-manually');
      expect(await becomes('gone')).to.equal('decide-gone');
      expect(await becomes('gone', ['record-gone'])).to.equal('publish-manually');
      expect(await becomes('refused')).to.equal('compose-answer');
    });

    it('is the common answer while parts have none, and the rework while its clock runs', async () => {
      const id = await claimed();
      const parts = [
        await anAssignment(stage, id, 'minzdrav'),
        await anAssignment(stage, id, 'minobr'),
      ];
      await stage.db
        .getRepository(AssignmentEntity)
        .update({ messageId: id }, { status: 'drafted' });
      await stage.db.getRepository(MessageEntity).update(id, { status: 'review' });
      expect(await current(id)).to.deep.equal(['compose-answer']);
      await sentBack(
        stage,
        id,
        parts.map((it) => it.id),
        'Нет даты',
      );
      const key = randomUUID();
      await stage.db.getRepository(DeadlineEntity).insert({
        id: key,
        sourceKey: key,
        kind: 'rework',
        clause: 9,
        messageId: id,
        assignmentId: parts[0]?.id ?? null,
        agencyCode: 'minzdrav',
        startedAt: msk('2026-11-24T14:00'),
        dueAt: msk('2026-11-24T15:00'),
        limitDuration: 'PT1H',
        plain: false,
        provisional: false,
        spent: [],
      });
      expect(await current(id)).to.deep.equal(['rework-draft']);
    });
  });
});
