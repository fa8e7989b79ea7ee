import { sharedOptions, type MetaOptions } from '../meta/options.ts';

export const facebookOptions: MetaOptions = {
  ...sharedOptions,
  token: 'sandbox-facebook-token',
  official: {
    id: '519003',
    name: 'Правительство Смоленской области',
    title: 'Правительство Смоленской области',
  },
  limits: { comment: 8000, post: 63_206, photoBytes: 4 * 1024 * 1024 },
  seed: 'Отопительный сезон в области начался: тепло подано во все больницы, школы и детские сады. О перебоях в домах пишите здесь, в комментариях.',
};
