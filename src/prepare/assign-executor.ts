import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AttachmentLinks } from '../attachments/links.ts';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import { openClock } from '../db/clocks.ts';
import type { Database, Tx } from '../db/data-source.ts';
import type { Agency } from '../db/entities/agency.ts';
import { AssignmentEntity, type Assignment } from '../db/entities/assignment.ts';
import type { Deadline } from '../db/entities/deadline.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { insertOnce } from '../db/once.ts';
import { rowBy } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { ProcessError } from '../errors.ts';
import { localTime } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { agencyByCode, regionSettings } from '../registry/queries.ts';
import { registryOf } from '../registry/registry.ts';
import { templateOptions } from '../templates/options.ts';
import { fittingTemplates } from '../templates/template.ts';

type Assignable = Agency & { executor: string };

/**
 * Gives an agency its share of a message (clauses 3, 5, 6): the executor is named by the registry, and
 * both clocks start at this agency's own receipt. An agency without an executor is the curator's to
 * decide on, never a silent stop.
 */
export function assignExecutor(deps: {
  db: Database;
  calendars: Calendars;
  attachmentLink: AttachmentLinks['link'];
  /** Of the page with all templates. */
  templatesLink: string;
}): Handler {
  const { db, calendars, attachmentLink, templatesLink } = deps;
  const step = together(db);
  return handler(
    'assign-executor',
    z.object({ messageId: z.uuid(), agencyCode: z.string(), at: instant }),
    async ({ messageId, agencyCode, at }, { sourceKey }) =>
      step(messageId, async (tx, last) => {
        const [agency, { limits, warnings, zone }, { officials }, message] = await Promise.all([
          assignableAgency(tx, agencyCode),
          regionSettings(tx),
          registryOf(tx),
          rowBy(tx, MessageEntity, { id: messageId }),
        ]);
        const [{ row: assignment }, templates] = await Promise.all([
          insertOnce(
            tx,
            AssignmentEntity,
            {
              id: randomUUID(),
              sourceKey,
              messageId,
              agencyCode,
              executor: agency.executor,
              receivedAt: at,
            },
            ['sourceKey'],
          ),
          fittingTemplates(tx, message),
          changeRows(
            tx,
            MessageEntity,
            { id: messageId, finishedAt: null },
            { status: 'assigned' },
          ),
        ]);
        const calendar = calendars.of(agency.hours);
        const clock = clockOf(assignment, at);
        const [returning, drafting] = await Promise.all([
          openClock(tx, calendar, { ...clock('return'), limit: limits.return, warning: null }),
          openClock(tx, calendar, {
            ...clock('draft'),
            limit: limits.draft,
            warning: warnings.draft,
          }),
        ]);
        last(
          recordAudit(tx, {
            key: `assigned:${assignment.id}`,
            at,
            messageId,
            subject: agencyCode,
            action: `поручение направлено исполнителю, ответ до ${dueText(drafting, zone)}`,
          }),
        );
        return {
          templates: templateOptions(templates),
          assignment: {
            id: assignment.id,
            agency: agencyCode,
            agencyName: agency.name,
            executor: assignment.executor,
            executorPost: officials.get(assignment.executor)?.post ?? assignment.executor,
            receivedAt: assignment.receivedAt.toISOString(),
            returnDeadlineId: returning.id,
            returnDueAt: returning.dueAt.toISOString(),
            returnDueText: dueText(returning, zone),
            draftDeadlineId: drafting.id,
            warnAt: (drafting.warnAt ?? drafting.dueAt).toISOString(),
            dueAt: drafting.dueAt.toISOString(),
            dueText: dueText(drafting, zone),
            templatesLink,
            attachmentsLink: attachmentLink('executor', assignment.id, assignment.receivedAt),
          },
        };
      }),
  );
}

const clockOf =
  (assignment: Assignment, at: Date) =>
  <Kind extends 'return' | 'draft'>(kind: Kind) => ({
    sourceKey: `${assignment.sourceKey}:${kind}`,
    kind,
    messageId: assignment.messageId,
    assignmentId: assignment.id,
    agencyCode: assignment.agencyCode,
    executor: assignment.executor,
    startedAt: at,
  });

async function assignableAgency(tx: Tx, code: string): Promise<Assignable> {
  const agency = await agencyByCode(tx, code);
  if (agency === null) throw withoutExecutor(`в реестре нет органа власти «${code}»`);
  if (!agency.active) throw withoutExecutor(`«${agency.shortName}» больше не принимает поручений`);
  if (agency.executor === null) {
    throw withoutExecutor(`у органа «${agency.shortName}» сейчас нет исполнителя`);
  }
  return { ...agency, executor: agency.executor };
}

const withoutExecutor = (reason: string) =>
  new ProcessError('no-executor', reason, { inputError: `Поручить нельзя: ${reason}.` });

const dueText = ({ dueAt, provisional }: Deadline, zone: string) =>
  localTime(dueAt, zone) + (provisional ? ' (предварительно: календарь года не опубликован)' : '');
