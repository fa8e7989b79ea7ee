import { z } from 'zod';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';
import { activeAgencies, regionSettings } from '../registry/queries.ts';
import { DEFAULT_REPEATS } from '../registry/settings.ts';
import { earlierOf } from './follow-up.ts';
import { isAlmostSure, likelyRepeats } from './likely-repeats.ts';
import { matchable } from './matchable.ts';
import { mentionedMunicipality } from './municipality.ts';
import { repeatOptions, repeatsText } from './repeats-text.ts';

/** A cell of the table may be left empty. */
const cell = z.string().nullish();
const competence = z
  .array(z.object({ agency: cell, topic: cell }))
  .nullish()
  .transform((rows) => rows ?? []);

/**
 * Turns what the competence table found into a proposal to the curator, who decides (clause 2). Codes
 * that the registry does not know are left out. Topic and municipality are kept with the message, so
 * that a surge is seen before the curator has looked (clause 15).
 */
export function proposeCompetence(deps: {
  db: Database;
  pageLink: (messageId: string) => string;
  curatorLink: (messageId: string) => string;
}): Handler {
  const { db, pageLink, curatorLink } = deps;
  const step = together(db);
  return handler(
    'propose-competence',
    z.object({ messageId: z.uuid(), competence }),
    async ({ messageId, competence: rows }) => {
      const { settings, agencies, earlier, repeats, topic, municipality } = await step(
        messageId,
        async (tx) => {
          const [message, settings, agencies] = await Promise.all([
            rowBy(tx, MessageEntity, { id: messageId }),
            regionSettings(tx),
            activeAgencies(tx),
          ]);
          const topic = rows.find((row) =>
            settings.topics.some(({ code }) => code === row.topic),
          )?.topic;
          const municipality = mentionedMunicipality(
            matchable(message.text),
            settings.municipalities,
          );
          const [earlier, repeats] = await Promise.all([
            earlierOf(tx, message),
            likelyRepeats(tx, message, settings.repeats ?? DEFAULT_REPEATS),
            changeRows(
              tx,
              MessageEntity,
              { id: messageId },
              { proposedTopic: topic ?? null, proposedMunicipality: municipality?.code ?? null },
            ),
          ]);
          return { settings, agencies, earlier, repeats, topic, municipality };
        },
      );
      const named = new Set(rows.map(({ agency }) => agency));
      const found = [...named].flatMap((name) => agencies.find(({ code }) => code === name) ?? []);
      // A reply rarely says again what it is about.
      const known =
        found.length > 0 || earlier === null
          ? found
          : agencies.filter(({ code }) => earlier.agencies.includes(code));
      const { zone } = settings;
      return {
        agencyOptions: agencies.map(({ code, shortName }) => ({ value: code, label: shortName })),
        topicOptions: settings.topics.map(({ code, name }) => ({ value: code, label: name })),
        municipalityOptions: settings.municipalities.map(({ code, name }) => ({
          value: code,
          label: name,
        })),
        proposedAgencies: known.map(({ code }) => code),
        proposedTopic: topic ?? earlier?.message.topic ?? null,
        likelyRepeats: repeatsText(repeats, { zone, pageLink }),
        repeatOptions: repeatOptions(repeats, zone),
        proposedRepeat: repeats.find(isAlmostSure)?.message.id ?? null,
        proposedMunicipality: municipality?.code ?? earlier?.message.municipality ?? null,
        proposal:
          (known.length === 0
            ? '**Таблица компетенции ничего не предлагает:** выберите орган власти сами.'
            : `**${found.length === 0 ? 'Отвечали в прошлый раз' : 'По таблице компетенции'}:** ${known.map(({ name }) => escapeMarkdown(name)).join('; ')}.`) +
          `\n\n[Снять сообщение с рассмотрения](${curatorLink(messageId)}) можно на любом этапе.`,
      };
    },
  );
}
