import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { ReturnRequestEntity } from '../src/db/entities/return-request.ts';
import { ShortcomingEntity } from '../src/db/entities/shortcoming.ts';
import { UrgentReportEntity } from '../src/db/entities/urgent-report.ts';
import { recordRemedy } from '../src/discipline/record-remedy.ts';
import { recordShortcomingDecision } from '../src/discipline/record-shortcoming-decision.ts';
import type { Handler } from '../src/engine/worker.ts';
import { InputError } from '../src/errors.ts';
import { recordAppointment } from '../src/prepare/record-appointment.ts';
import { recordDraft } from '../src/prepare/record-draft.ts';
import { recordReturnReview } from '../src/prepare/record-return-review.ts';
import { recordReturn } from '../src/prepare/record-return.ts';
import { recordRework } from '../src/prepare/record-rework.ts';
import { recordManualPublication } from '../src/publish/record-manual-publication.ts';
import { recordMonthlyCheck } from '../src/report/record-monthly-check.ts';
import { recordAnswer } from '../src/review/record-answer.ts';
import { recordGone } from '../src/review/record-gone.ts';
import { recordReview } from '../src/review/record-review.ts';
import { recordTriage } from '../src/route/record-triage.ts';
import { recordUrgentDecision } from '../src/urgent/record-urgent-decision.ts';
import { anAssignment } from './builders.ts';
import { aJob } from './job.ts';
import { answer, clock, drafted, engineTime, msk, openStage, type Stage } from './stage.ts';

const odd = fc.jsonValue({ maxDepth: 2 });
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\0',
      'a\ud800b',
      '<script>alert(1)</script>',
      'я'.repeat(100_000),
      ' ',
      '2026-12-01',
      'https://vk.com/wall-1_20?a=%E0',
    ),
  },
  { weight: 1, arbitrary: odd },
);
const code = fc.oneof(fc.constantFrom('minobr', 'mintrans', 'gzhi', null), text);
const list = fc.oneof(fc.array(code, { maxLength: 3 }), fc.constant(null), odd);
const DECISIONS = [
  ...['take', 'not-relevant', 'duplicate', 'redirect', 'refuse', 'drop', 'assign'],
  ...['publish', 'edit', 'rework', 'close', 'manual'],
  ...['instruction', 'measure', 'unfounded', 'confirm', 'reject', 'approve', 'recompile'],
];

/** What the API may send in place of a form: any JSON, more often something close to a form. */
const submission = fc.oneof(
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        decision: fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...DECISIONS) },
          { weight: 1, arbitrary: odd },
        ),
        text,
        remarks: text,
        fault: text,
        note: text,
        link: text,
        remedyDueAt: text,
        reworkAssignments: list,
        template: text,
        outcome: fc.oneof(fc.constantFrom('draft', 'return'), odd),
        grounds: text,
        competentAgency: code,
        agencyCode: code,
        agencies: list,
        topic: fc.oneof(fc.constant('roads'), text),
        kind: fc.oneof(fc.constantFrom('complaint', 'question'), text),
        municipality: fc.oneof(fc.constantFrom('smolensk', null), text),
        urgent: fc.oneof(fc.boolean(), odd),
        reason: text,
        repeatOf: text,
        duplicateOf: text,
        answerHere: fc.oneof(fc.boolean(), odd),
      },
      { requiredKeys: ['decision'] },
    ),
  },
);

/** A return of this assignment that waits for the curator. */
async function aReturn({ db }: Stage, assignmentId: string): Promise<void> {
  const id = randomUUID();
  await db.getRepository(ReturnRequestEntity).insert({
    id,
    sourceKey: id,
    assignmentId,
    grounds: 'Не наша компетенция',
    returnedAt: new Date(),
    late: false,
  });
}

describe('Whatever is submitted in place of a form', () => {
  let stage: Stage;
  let variables: Record<string, unknown>;

  before(async () => {
    stage = await openStage();
    const { messageId, assignments } = await drafted(stage.db, { mintrans: 'Проект.' });
    const at = msk('2026-11-24T13:00');
    const id = randomUUID();
    const common = { id, sourceKey: id, messageId, openedAt: at, status: 'open' as const };
    await stage.db.getRepository(UrgentReportEntity).insert({ ...common, grounds: 'Отметка' });
    await stage.db.getRepository(ShortcomingEntity).insert({
      ...common,
      kind: 'substance',
      assignmentId: assignments[0] ?? null,
      agencyCode: 'mintrans',
      supervisor: 'vice-infrastructure',
      description: 'Не по существу',
    });
    await clock(stage.db, messageId, {
      kind: 'review',
      agencyCode: 'vnutrpolitika',
      dueAt: msk('2026-11-24T14:30'),
    });
    const assignment = await anAssignment(stage, messageId, 'minzdrav');
    variables = {
      messageId,
      assignmentId: assignment.id,
      deadlineId: assignment.draftDeadlineId,
      agencyCode: 'minzdrav',
      answerId: await answer(stage.db, messageId),
      urgentReportId: id,
      shortcomingId: id,
      month: '2026-10',
      formatOk: true,
      at: engineTime('2026-11-24T13:00'),
    };
  });
  after(() => stage.close());

  const forms: [string, (stage: Stage) => Handler][] = [
    ['triage', recordTriage],
    ['appointment', recordAppointment],
    ['submission', recordDraft],
    ['submission', recordReturn],
    ['submission', recordRework],
    ['returnReview', recordReturnReview],
    ['composition', recordAnswer],
    ['reviewDecision', recordReview],
    ['goneDecision', recordGone],
    ['manual', recordManualPublication],
    ['considered', recordShortcomingDecision],
    ['remedy', recordRemedy],
    ['urgentDecision', recordUrgentDecision],
    ['check', recordMonthlyCheck],
  ];
  for (const [name, factory] of forms) {
    it(`is taken or refused in Russian: ${name}, ${factory.name}`, async () => {
      const handler = factory(stage);
      await fc.assert(
        fc.asyncProperty(submission, async (given) => {
          if (factory === recordReturnReview)
            await aReturn(stage, String(variables['assignmentId']));
          const job = aJob();
          try {
            const output = await handler.run({ ...variables, [name]: given }, job);
            expect(output).to.have.property('inputError', null);
          } catch (error) {
            expect(error).to.be.instanceOf(InputError);
            expect((error as Error).message).to.match(/^«?[А-Я].*[а-я]/);
          }
        }),
        { numRuns: 150 },
      );
    });
  }
});
