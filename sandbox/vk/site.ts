import type { Site } from '../social/site.ts';

/** vk.com, as far as its page here goes. */
export const vkSite: Site = {
  code: 'vk',
  title: 'ВКонтакте',
  groupPlace: 'Сообщество',
  officialPlace: 'Стена',
  faultNames: {
    latency: 'Медленно отвечает',
    down: 'Не работает (HTTP 503)',
    'cut-before': 'Обрыв до выполнения',
    'cut-after': 'Обрыв после выполнения (исход неизвестен)',
    rate: 'Слишком много запросов (6)',
    captcha: 'Требует капчу (14)',
    permission: 'Нет прав (7, 213)',
    refused: 'Отклоняет содержание (222)',
    credentials: 'Не принимает ключ (5)',
    error: 'Внутренняя ошибка (10)',
  },
  post: ({ owner_id, id }, comment) =>
    `/wall${owner_id}_${id}${comment === undefined ? '' : `?reply=${comment}`}`,
  profile: (id) => (id > 0 ? `/id${id}` : `/club${-id}`),
  routes: { post: '/wall:ref', user: '/id:id', group: '/club:id' },
  refOf(params) {
    const [owner_id = NaN, id = NaN] = String(params['ref']).split('_').map(Number);
    return { owner_id, id };
  },
};
