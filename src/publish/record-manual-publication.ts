import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { recognise } from '../networks/recognise.ts';
import type { Networks } from '../networks/registry.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';
import { answerLink } from './answer-link.ts';
import { reserve } from './reserve.ts';

const manual = z.object({
  link: requiredText(2_000, 'Укажите ссылку на размещённый ответ.'),
});

/** Records the answer that a curator published by hand, its link as the proof (clause 8). */
export function recordManualPublication({
  db,
  networks,
}: {
  db: Database;
  networks: Networks;
}): Handler {
  const step = together(db);
  return handler(
    'record-manual-publication',
    z.object({ messageId: z.uuid(), answerId: z.uuid(), manual: z.unknown(), at: instant }),
    async ({ messageId, answerId, manual: submitted, at }) =>
      step(messageId, async (tx, last) => {
        const { message, publication } = await reserve(tx, last, messageId, answerId);
        if (publication.status !== 'published') {
          const { link } = readSubmission(manual, submitted);
          const permalink = answerLink(link, message, publication.status === 'gone');
          await changeRows(
            tx,
            PublicationEntity,
            { id: publication.id },
            {
              status: 'published',
              manual: true,
              permalink,
              // Known, it is not taken for a citizen's, and replies to it are known for such.
              externalId: recognise(networks, permalink)?.externalId ?? null,
              attachments: [],
              publishedAt: at,
            },
          );
          await recordAudit(tx, {
            key: `publication:${publication.id}:manual`,
            at,
            messageId,
            subject: 'куратор',
            action: 'ответ размещён вручную',
            details: { permalink },
          });
        }
        const publishedAt = publication.publishedAt ?? at;
        return { publishedAt: publishedAt.toISOString(), inputError: null };
      }),
  );
}
