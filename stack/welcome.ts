import type { Config } from '../src/config.ts';
import type { RegionDefinition } from '../src/registry/region.ts';
import { DEMO_ADMINISTRATOR } from './demo-accounts.ts';
import { table } from './table.ts';

/** What a person sees when everything runs: where it is, who one can be, what to try first. */
export function welcome(
  config: Config,
  region: RegionDefinition,
  sandboxUrl: string | null,
  password: string | null,
): string {
  const addresses = [
    ['Что', 'Где'],
    ['Задачи (Tasklist)', `${config.tasklistUrl}/tasklist`],
    ['Процессы (Operate)', `${config.tasklistUrl}/operate`],
    ['Приложение', config.publicUrl],
    ['Готовность', `${config.publicUrl}/health/ready`],
    ...(sandboxUrl === null
      ? []
      : [
          ['Песочница: ВКонтакте', sandboxUrl],
          ['Песочница: Одноклассники', `${sandboxUrl}/ok`],
          ['Песочница: почта', `${sandboxUrl}/mail`],
        ]),
  ];
  const demo = sandboxUrl !== null && password !== null && config.oidc === null;
  const parts = [table(addresses)];
  if (password !== null) parts.push(table(logins(region, password, demo)));
  if (sandboxUrl !== null) {
    parts.push(
      [
        'С чего начать:',
        `  1. Напишите сообщение как житель: ${sandboxUrl}`,
        `  2. Войдите куратором (curator / ${password ?? '…'}) и рассмотрите его: ${config.tasklistUrl}/tasklist`,
        '  3. Войдите исполнителем, подготовьте проект ответа, вернитесь куратором и опубликуйте.',
        `  4. Ответ появится под сообщением: ${sandboxUrl}`,
      ].join('\n'),
    );
  }
  if (!demo && config.oidc === null) {
    parts.push(
      'Вход в приложение: npm run -s otklik -- account create ЛОГИН --role РОЛЬ\n' +
        '(пароли этой таблицы — только для Tasklist и Operate)',
    );
  }
  parts.push('Остановить: Ctrl-C. Работа продолжится со следующего запуска.');
  return `\n${parts.join('\n\n')}\n`;
}

function logins({ officials }: RegionDefinition, password: string, demo: boolean): string[][] {
  return [
    ['Логин', 'Пароль', 'Кто'],
    ...officials.map(({ login, post }) => [login, password, post]),
    ...(demo ? [[DEMO_ADMINISTRATOR, password, 'Администратор приложения']] : []),
  ];
}
