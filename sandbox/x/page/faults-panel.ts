import type { FaultKind } from '../../faults.ts';

/** What the faults are called on X's page, with the answers they bring. */
export const faultNames: Record<FaultKind, string> = {
  latency: 'Медленно отвечает',
  down: 'Не работает (HTTP 503)',
  'cut-before': 'Обрыв до выполнения',
  'cut-after': 'Обрыв после выполнения (исход неизвестен)',
  rate: 'Исчерпан лимит обращений (429)',
  captcha: 'Подозревает автомат (403)',
  permission: 'Аккаунт не упомянут (403)',
  refused: 'Повтор текста (403)',
  credentials: 'Не принимает ключи (401)',
  error: 'Ошибка сервера (500)',
};
