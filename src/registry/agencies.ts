import { z } from 'zod';
import { shown } from './check.ts';
import { code } from './code.ts';
import { DEFAULT_HOURS } from './hours.ts';

export interface Channel {
  kind: 'email' | 'webhook';
  address: string;
}

/** One record of `agencies.yaml`: an executive body, who answers for it and how it is reached. */
export const agencyDefinition = z.strictObject({
  code,
  name: z.string().min(1),
  shortName: z.string().min(1),
  competence: z.string().min(1),
  executor: z.string({
    error: ({ input }) =>
      `у органа нет исполнителя (п. 3): ${shown(input)}; допустимо: логин из officials.yaml, должность не ниже заместителя руководителя органа`,
  }),
  supervisor: z.string({
    error: ({ input }) =>
      `у органа нет курирующего заместителя Губернатора (п. 13): ${shown(input)}; допустимо: логин из officials.yaml с ролью deputy-governor`,
  }),
  channel: z.string().transform((address, context): Channel => {
    if (z.email().safeParse(address).success) return { kind: 'email', address };
    if (z.url({ protocol: /^https?$/ }).safeParse(address).success) {
      return { kind: 'webhook', address };
    }
    context.addIssue({
      code: 'custom',
      message: `неверный канал связи «${address}» (п. 4); допустимо: адрес электронной почты или адрес веб-хука, http:// или https://`,
    });
    return z.NEVER;
  }),
  hours: z.string().default(DEFAULT_HOURS),
  curator: z.boolean().default(false),
});

export type AgencyDefinition = z.infer<typeof agencyDefinition>;
