import { faultKinds, type Fault, type FaultKind } from '../../faults.ts';
import { field } from '../../page/layout.ts';
import { markup, type Markup } from '../../page/markup.ts';

const names: Record<FaultKind, string> = {
  latency: 'Медленно отвечает',
  down: 'Не работает (HTTP 503)',
  'cut-before': 'Обрыв до выполнения',
  'cut-after': 'Обрыв после выполнения (исход неизвестен)',
  rate: 'Исчерпан лимит обращений (4)',
  captcha: 'Временная блокировка (368)',
  permission: 'Нет прав (200)',
  refused: 'Отклоняет содержание (100)',
  credentials: 'Срок ключа истёк (190)',
  error: 'Внутренняя ошибка (2)',
};

const operationNames: Record<string, string> = {
  publish: 'публикация',
  list: 'чтение списков',
  read: 'чтение записи',
  upload: 'загрузка фото',
  debug_token: 'проверка ключа',
  batch: 'пакет запросов',
};

const nameOf = (operation: string): string =>
  operation === '*' ? 'все обращения' : (operationNames[operation] ?? operation);

/** The folded panel in which the network is made to misbehave. */
export function faultsPanel(code: string, operations: readonly string[], active: Markup): Markup {
  return markup`<details class="card panel"><summary>Неисправности сети</summary>
<form method="post" action="/${code}/behaviour" data-live class="panel__form">
${field('Неисправность', 'fault-kind', markup`<select id="fault-kind" name="kind">${faultKinds.map((kind) => markup`<option value="${kind}">${names[kind]}</option>`)}</select>`)}
${field('Обращение', 'fault-method', markup`<select id="fault-method" name="method"><option value="">как обычно для неё</option>${['*', ...operations].map((name) => markup`<option value="${name}">${nameOf(name)}</option>`)}</select>`)}
${field('Сколько раз', 'fault-times', markup`<input id="fault-times" name="times" type="number" min="1" placeholder="пока не выключат">`)}
${field('Задержка, мс', 'fault-ms', markup`<input id="fault-ms" name="ms" type="number" min="0" max="600000" value="3000">`)}
<p class="error" role="alert" hidden></p>
<button>Включить</button>
</form>
<div id="faults">${active}</div>
</details>`;
}

/** The faults switched on now; `webhooks` is what the sender reports, null when it is off. */
export function activeFaults(
  code: string,
  faults: readonly Fault[],
  webhooks: string | null,
): Markup {
  const none = markup`<p class="muted">Сеть работает исправно.</p>`;
  const list = markup`<ul class="faults">${faults.map(
    ({
      kind,
      method,
      times,
      ms,
    }) => markup`<li><span>${names[kind]}, ${nameOf(method)}${kind === 'latency' && `, ${ms ?? 1000} мс`}, ${times === null ? 'пока не выключат' : `осталось раз: ${times}`}</span>
<form method="post" action="/${code}/behaviour" data-live><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="method" value="${method}"><input type="hidden" name="times" value="0"><button class="link">Выключить</button></form></li>`,
  )}</ul>`;
  return markup`${faults.length > 0 ? list : none}${webhooks !== null && markup`<p class="muted">Уведомления: ${webhooks}</p>`}`;
}
