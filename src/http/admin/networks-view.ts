import { tokenField } from '../views/token-field.ts';
import { tabs } from './views.ts';

/** A network as it is set up and switched. */
export interface NetworkLine {
  code: string;
  name: string;
  /** What `networks.yaml` allows. */
  enabled: boolean;
  canRead: boolean;
  canReply: boolean;
  /** What the page allows. */
  reads: boolean;
  replies: boolean;
}

export function networksView(
  lines: readonly NetworkLine[],
  token: string | null,
  version: number,
): string {
  const box = (name: string, label: string, allowed: boolean, on: boolean) =>
    `<div class="flag"><input type="checkbox" id="${name}" name="${name}" ${on && allowed ? 'checked' : ''} ${token === null || !allowed ? 'disabled' : ''}>
     <label style="display: inline" for="${name}">${label}</label>${allowed ? '' : '<small>недоступно: выключено в файле networks.yaml или нет ключей доступа</small>'}</div>`;
  const rows = lines.map(({ code, name, enabled, canRead, canReply, reads, replies }) =>
    enabled
      ? `<fieldset><legend>${name}</legend>
         ${box(`${code}.canRead`, 'Читать сообщения', canRead, reads)}
         ${box(`${code}.canReply`, 'Публиковать ответы', canReply, replies)}</fieldset>`
      : `<fieldset><legend>${name}</legend><p class="muted">Сеть не подключена: включается в файле networks.yaml
         (enabled: true) вместе с ключами доступа, с перезапуском программы.</p></fieldset>`,
  );
  return `${tabs('networks')}<p>Переключение действует сразу, без перезапуска. Пока чтение выключено, новые
    сообщения не собираются, правки и удаления не отслеживаются; после включения собираются и пропущенные, насколько их отдаёт сеть. Пока
    выключена публикация, ответ размещает куратор вручную.</p>
    <div class="registry"><form method="post" action="">
    ${token === null ? '' : `${tokenField(token)}<input type="hidden" name="version" value="${version}">`}
    ${rows.join('')}${token === null ? '' : '<p><button class="primary">Сохранить</button></p>'}</form></div>`;
}
