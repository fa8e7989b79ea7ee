import { sharedOptions, type MetaOptions } from '../meta/options.ts';

export const instagramOptions: MetaOptions = {
  ...sharedOptions,
  token: 'sandbox-instagram-token',
  official: {
    id: '17840000000519004',
    name: 'sandbox_smolgov',
    title: 'Правительство Смоленской области',
  },
  limits: { comment: 2200, post: 2200, photoBytes: 8 * 1024 * 1024 },
  seed: 'Набережная Днепра после ремонта. Что ещё привести в порядок в вашем районе? Пишите в комментариях.',
};
