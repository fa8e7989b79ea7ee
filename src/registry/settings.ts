import { IANAZone } from 'luxon';
import { z } from 'zod';
import { parseLimit } from '../calendar/working-time.ts';
import { shown } from './check.ts';
import { code } from './code.ts';
import { surgeSchema } from './surge.ts';

const duration = z.string().refine(isPositive, {
  error: ({ input }) =>
    `неверная длительность: ${shown(input)}; допустимо: больше нуля, в часах и минутах, например PT8H или PT30M`,
});
const period = z.string().regex(/^P(?=.*[1-9])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/, {
  error: ({ input }) =>
    `неверный срок: ${shown(input)}; допустимо: в годах, месяцах, неделях и днях, например P1Y или P6M`,
});
const named = z.strictObject({ code, name: z.string().min(1) });
const words = z.string().regex(/^[а-яё-]+\*?( [а-яё-]+\*?)*$/, {
  error: ({ input }) =>
    `неверные слова: ${shown(input)}; допустимо: строчные русские буквы, «*» в конце слова, например рославл*`,
});

/** What holds for the whole region: `region/NAME/region.yaml`. Durations are ISO 8601. */
export const settingsSchema = z.strictObject({
  name: z.string().min(1),
  zone: z.string().refine((zone) => IANAZone.isValidZone(zone), {
    error: ({ input }) =>
      `неверный часовой пояс: ${shown(input)}; допустимо: название IANA, например Europe/Moscow`,
  }),
  /** Clauses 5 (plain time), 6, 8 and 9 (working time). */
  limits: z.strictObject({ return: duration, draft: duration, review: duration, rework: duration }),
  /** Working time left to the deadline when its addressee is warned. */
  warnings: z.strictObject({ draft: duration, review: duration, rework: duration }),
  /** The curator's own target for triage (working time) and the urgent reminder (plain time). */
  reminders: z.strictObject({ triage: duration, urgent: duration }),
  /** How long the personal data of a message's author are kept after work on it ended. */
  retention: period.optional(),
  /** How far back likely repeats of a message are looked for. */
  repeats: period.optional(),
  /** When more messages than usual are a surge (clause 15). */
  surge: surgeSchema.optional(),
  /** `about`: «о чём», after «сообщений». */
  topics: z.array(named.extend({ about: z.string().min(1).optional() })).min(1),
  /** `words`: how a text names the municipality, for `mentionedMunicipality`; `where`: «где». */
  municipalities: z
    .array(named.extend({ where: z.string().min(1).optional(), words: z.array(words).default([]) }))
    .min(1),
  /** What the networks are searched for, beside the region's own pages. */
  searchWords: z.array(z.string().min(1)).min(1),
  /** Logins of the officials whom clauses 14 and 15 name. */
  departmentHead: z.string(),
  governor: z.string(),
  informationPolicyDeputy: z.string(),
});

/** The retention of a region that names none. */
export const DEFAULT_RETENTION = 'P1Y';

/** Where a region does not say how far back likely repeats are looked for. */
export const DEFAULT_REPEATS = 'P14D';

export type RegionSettings = z.infer<typeof settingsSchema>;

function isPositive(text: string): boolean {
  try {
    return parseLimit(text).toMillis() > 0;
  } catch {
    return false;
  }
}
