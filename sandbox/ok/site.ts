import type { Site } from '../social/site.ts';
import { topicId, topicRef } from './ids.ts';

/** ok.ru, as far as its page here goes. */
export const okSite: Site = {
  code: 'ok',
  title: 'Одноклассники',
  groupPlace: 'Группа',
  officialPlace: 'Группа',
  faultNames: {
    latency: 'Медленно отвечает',
    down: 'Не работает (HTTP 503)',
    'cut-before': 'Обрыв до выполнения',
    'cut-after': 'Обрыв после выполнения (исход неизвестен)',
    rate: 'Исчерпан лимит запросов (11)',
    captcha: 'Требует подтвердить учётную запись (514)',
    permission: 'Нет прав (10, 456)',
    refused: 'Отклоняет содержание (454)',
    credentials: 'Срок ключа истёк (102)',
    error: 'Внутренняя ошибка (9999)',
  },
  post(ref, comment) {
    const owner = Math.abs(ref.owner_id);
    const topic =
      ref.owner_id < 0
        ? `/group/${owner}/topic/${topicId(ref)}`
        : `/profile/${owner}/statuses/${topicId(ref)}`;
    return comment === undefined ? topic : `${topic}#comment-${comment}`;
  },
  profile: (id) => (id > 0 ? `/profile/${id}` : `/group/${-id}`),
  routes: { post: '/:place/:owner/:kind/:topic', user: '/profile/:id', group: '/group/:id' },
  refOf: (params) => topicRef(String(params['topic']), () => params['place'] === 'group'),
};
