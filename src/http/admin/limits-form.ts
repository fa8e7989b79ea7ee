import type { RegionSource } from '../../registry/source.ts';
import { DEFAULT_RETENTION } from '../../registry/settings.ts';
import { DEFAULT_SURGE } from '../../registry/surge.ts';
import { at, put, sent, textOf, type Field } from './fields.ts';
import { withRole } from './records.ts';
import type { SettingsForm } from './settings-routes.ts';

type Raw = Record<string, unknown>;

const field = (name: string, label: string, hint?: string): Field => ({
  name,
  label,
  kind: 'text',
  ...(hint !== undefined && { hint }),
});

const groups = (source: RegionSource): { title: string; fields: Field[] }[] => [
  {
    title: 'Сроки Порядка',
    fields: [
      field('limits.return', 'Возврат «не наша компетенция» (п. 5)', 'PT30M — 30 минут'),
      field('limits.draft', 'Подготовка ответа (п. 6)', 'PT8H — 8 часов рабочего времени'),
      field('limits.review', 'Рассмотрение проекта куратором (п. 8)'),
      field('limits.rework', 'Доработка проекта (п. 9)'),
    ],
  },
  {
    title: 'Предупреждать до окончания срока за',
    fields: [
      field('warnings.draft', 'Подготовка ответа'),
      field('warnings.review', 'Рассмотрение проекта'),
      field('warnings.rework', 'Доработка проекта'),
    ],
  },
  {
    title: 'Напоминания',
    fields: [
      field('reminders.triage', 'Сообщение не рассмотрено куратором'),
      field('reminders.urgent', 'Доклад Губернатору не подтверждён (п. 15)'),
    ],
  },
  {
    title: 'Всплеск сообщений (п. 15)',
    fields: [
      field('surge.window', 'За какое время считать сообщения', 'от PT30M до PT24H'),
      field('surge.weeks', 'Со сколькими прежними неделями сравнивать'),
      field('surge.least', 'Меньше стольких сообщений — не всплеск'),
      field('surge.times', 'Во сколько раз больше обычного, самое меньшее'),
      field('surge.falseAlarms', 'Допустимо ложных тревог в месяц'),
      field('surge.calm', 'Всплеск закончен после затишья', 'PT12H — 12 часов'),
    ],
  },
  {
    title: 'Кому докладывают, сколько хранят',
    fields: [
      choice('departmentHead', 'Руководитель Департамента (п. 15)', source, 'department-head'),
      choice('governor', 'Губернатор (п. 15)', source, 'governor'),
      choice(
        'informationPolicyDeputy',
        'Заместитель Губернатора по информационной политике (п. 14)',
        source,
        'deputy-governor',
      ),
      field('retention', 'Хранить данные авторов', 'P1Y — год, P6M — полгода'),
    ],
  },
];

const choice = (
  name: string,
  label: string,
  source: RegionSource,
  role: Parameters<typeof withRole>[1],
): Field => ({ name, label, kind: 'choice', options: withRole(source, role) });

const DEFAULTS = { retention: DEFAULT_RETENTION, surge: DEFAULT_SURGE };

const namesIn = (source: RegionSource): string[] =>
  groups(source).flatMap(({ fields }) => fields.map(({ name }) => name));

/** The form of limits and of what else holds for the whole region. */
export const LIMITS: SettingsForm = {
  path: 'limits',
  title: 'Сроки',
  note: `Новые сроки действуют для поручений, которые начнутся после сохранения; сроки, которые уже
    идут, не меняются.`,
  groups,
  values: (source) =>
    Object.fromEntries(
      namesIn(source).map((name) => [
        name,
        textOf(at(source['region.yaml'], name) ?? at(DEFAULTS, name)),
      ]),
    ),
  save(source, body) {
    const settings = source['region.yaml'] as Raw;
    for (const name of namesIn(source)) {
      const text = sent(body, name);
      // Numbers become numbers where they are some.
      const number = Number(text.replace(',', '.'));
      const isCount = typeof at(DEFAULTS, name) === 'number';
      put(settings, name, isCount && text !== '' && Number.isFinite(number) ? number : text);
    }
  },
};
