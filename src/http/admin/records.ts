import type { AgencyDefinition } from '../../registry/agencies.ts';
import type { OfficialDefinition } from '../../registry/officials.ts';
import type { Path } from '../../registry/fault.ts';
import type { RegionFile } from '../../registry/parts.ts';
import type { RegionSource } from '../../registry/source.ts';
import { at, itemsOf, put, sent, textOf, type Field, type Values } from './fields.ts';
import { hoursFields, hoursFrom, hoursValues } from './hours-form.ts';
import { RANK_NAMES, ROLE_NAMES } from './labels.ts';
import { usesOfMunicipality, usesOfTopic, type Uses } from './uses.ts';

type Raw = Record<string, unknown>;

/** A kind of records of the registry that the page shows as a list with a form each. */
export interface Records {
  file: RegionFile;
  /** The list in the file that they are; absent: the file itself. */
  part?: 'topics' | 'municipalities';
  /** The part of the address. */
  path: string;
  title: string;
  /** «Новый орган» */
  newTitle: string;
  /** The field that tells records apart. */
  key: string;
  fields(source: RegionSource): readonly Field[];
  /** Names and captions of the records, in the order of the file. */
  list(source: RegionSource): { key: string; name: string; caption: string }[];
  find(source: RegionSource, key: string): unknown;
  titleOf(record: unknown): string;
  values(record: unknown, fields: readonly Field[]): Values;
  /** What a form says, as the file would hold it; not checked yet. */
  read(body: Raw, fields: readonly Field[], before: unknown): Raw;
  save(source: RegionSource, key: string, record: Raw): void;
  remove(source: RegionSource, key: string): void;
  /** What keeps a record from being removed; absent: the registry's own rules say it. */
  uses?: Uses;
  /** Where in the file the record stands: a fault's path begins so. */
  place(source: RegionSource, key: string): Path;
}

const officialsOf = (source: RegionSource) => source['officials.yaml'] as OfficialDefinition[];
const agenciesOf = (source: RegionSource) =>
  source['agencies.yaml'] as (Omit<AgencyDefinition, 'channel'> & { channel: string })[];
export const hoursOf = (source: RegionSource) => source['hours.yaml'] as Record<string, Raw>;

const KEY_HINT = 'строчные латинские буквы, цифры и дефис; потом не меняется';

/** Officials with this role, for a choice. */
export const withRole = (
  source: RegionSource,
  role: OfficialDefinition['role'],
): [string, string][] =>
  officialsOf(source)
    .filter((official) => official.role === role)
    .map(({ login, post }) => [login, `${post} (${login})`]);

/** Records that are a list: a file of their own, or a part of `region.yaml`. */
function listed(given: {
  file: 'officials.yaml' | 'agencies.yaml' | 'region.yaml';
  part?: 'topics' | 'municipalities';
  path: string;
  title: string;
  newTitle: string;
  key: string;
  fields: Records['fields'];
  name: (record: Raw) => string;
  caption: (record: Raw, source: RegionSource) => string;
  uses?: Uses;
}): Records {
  const { file, part, key, name, caption } = given;
  const all = (source: RegionSource) =>
    (part === undefined ? source[file] : (source[file] as Raw)[part]) as Raw[];
  const indexOf = (source: RegionSource, of: string) =>
    all(source).findIndex((record) => record[key] === of);
  return {
    ...given,
    list: (source) =>
      all(source).map((record) => ({
        key: String(record[key]),
        name: name(record),
        caption: caption(record, source),
      })),
    find: (source, of) => all(source)[indexOf(source, of)],
    titleOf: (record) => name(record as Raw),
    values: (record, fields) =>
      Object.fromEntries(fields.map((field) => [field.name, shown(record, field)])),
    read(body, fields, before) {
      const record: Raw = { ...(before as Raw | undefined) };
      for (const field of fields) {
        const text = sent(body, field.name);
        if (field.kind === 'flag') put(record, field.name, text === 'on');
        else if (field.kind === 'list') put(record, field.name, itemsOf(text));
        else if (field.optional && text === '') put(record, field.name, undefined);
        else if (!(field.fixed && before !== undefined)) put(record, field.name, text);
      }
      return record;
    },
    save(source, of, record) {
      const index = indexOf(source, of);
      if (index < 0) all(source).push(record);
      else all(source)[index] = record;
    },
    remove: (source, of) => void all(source).splice(indexOf(source, of), 1),
    place: (source, of) => [...(part === undefined ? [] : [part]), indexOf(source, of)],
  };
}

const shown = (record: unknown, { name, kind }: Field): string => {
  const value = at(record, name);
  return kind === 'flag' ? (value === true ? 'on' : '') : textOf(value);
};

const AGENCIES = listed({
  file: 'agencies.yaml',
  path: 'agencies',
  title: 'Органы власти',
  newTitle: 'Новый орган власти',
  key: 'code',
  name: ({ name }) => String(name),
  caption: ({ executor, channel }) => `исполнитель ${String(executor)}, ${String(channel)}`,
  fields: (source) => [
    { name: 'code', label: 'Краткое имя', hint: KEY_HINT, kind: 'text', fixed: true },
    { name: 'name', label: 'Полное название', kind: 'text' },
    { name: 'shortName', label: 'Короткое название', kind: 'text' },
    { name: 'competence', label: 'Компетенция', kind: 'long' },
    {
      name: 'executor',
      label: 'Исполнитель (п. 3)',
      kind: 'choice',
      options: withRole(source, 'executor'),
    },
    {
      name: 'supervisor',
      label: 'Курирующий заместитель Губернатора (п. 13)',
      kind: 'choice',
      options: withRole(source, 'deputy-governor'),
    },
    {
      name: 'channel',
      label: 'Канал связи (п. 4)',
      hint: 'адрес электронной почты или веб-хука',
      kind: 'text',
    },
    {
      name: 'hours',
      label: 'Рабочее время',
      kind: 'choice',
      options: Object.keys(hoursOf(source)).map((name) => [name, name]),
    },
    { name: 'curator', label: 'Выполняет обязанности куратора (п. 2)', kind: 'flag' },
  ],
});

const OFFICIALS = listed({
  file: 'officials.yaml',
  path: 'officials',
  title: 'Должностные лица',
  newTitle: 'Новое должностное лицо',
  key: 'login',
  name: ({ post }) => String(post),
  caption: ({ login, role, email }) =>
    `${String(login)}, ${ROLE_NAMES[role as keyof typeof ROLE_NAMES]}, ${String(email)}`,
  fields: () => [
    { name: 'login', label: 'Логин', hint: KEY_HINT, kind: 'text', fixed: true },
    { name: 'post', label: 'Должность', kind: 'text' },
    {
      name: 'rank',
      label: 'Уровень должности',
      kind: 'choice',
      options: Object.entries(RANK_NAMES),
    },
    { name: 'role', label: 'Роль', kind: 'choice', options: Object.entries(ROLE_NAMES) },
    { name: 'email', label: 'Электронная почта', kind: 'text' },
  ],
});

const HOURS: Records = {
  file: 'hours.yaml',
  path: 'hours',
  title: 'Режимы рабочего времени',
  newTitle: 'Новый режим',
  key: 'name',
  fields: () => hoursFields,
  list: (source) =>
    Object.keys(hoursOf(source)).map((key) => {
      const used = agenciesOf(source).filter(({ hours }) => hours === key);
      return {
        key,
        name: key,
        caption: used.map(({ shortName }) => shortName).join(', ') || 'никем не используется',
      };
    }),
  find: (source, key) =>
    Object.hasOwn(hoursOf(source), key) ? { name: key, ...hoursOf(source)[key] } : undefined,
  titleOf: (record) => `Режим «${String(at(record, 'name'))}»`,
  values: hoursValues,
  read: hoursFrom,
  save(source, key, { name: _name, ...record }) {
    hoursOf(source)[key] = record;
  },
  remove: (source, key) => void delete hoursOf(source)[key],
  place: (_source, key) => [key],
};

const TOPICS = listed({
  file: 'region.yaml',
  part: 'topics',
  path: 'topics',
  title: 'Темы',
  newTitle: 'Новая тема',
  key: 'code',
  name: ({ name }) => String(name),
  caption: ({ code, about }) => [code, about].filter(Boolean).join(', '),
  uses: usesOfTopic,
  fields: () => [
    {
      name: 'code',
      label: 'Краткое имя',
      hint: `${KEY_HINT}; его упоминает таблица компетенции`,
      kind: 'text',
      fixed: true,
    },
    { name: 'name', label: 'Название', kind: 'text' },
    {
      name: 'about',
      label: 'О чём сообщения',
      hint: 'для доклада о всплеске: «17 сообщений об отоплении и воде»',
      kind: 'text',
      optional: true,
    },
  ],
});

const MUNICIPALITIES = listed({
  file: 'region.yaml',
  part: 'municipalities',
  path: 'municipalities',
  title: 'Муниципальные образования',
  newTitle: 'Новое муниципальное образование',
  key: 'code',
  name: ({ name }) => String(name),
  caption: ({ words }) => (words as string[] | undefined)?.join(', ') ?? '',
  uses: usesOfMunicipality,
  fields: () => [
    { name: 'code', label: 'Краткое имя', hint: KEY_HINT, kind: 'text', fixed: true },
    { name: 'name', label: 'Название', kind: 'text' },
    {
      name: 'where',
      label: 'Где',
      hint: 'для доклада о всплеске: «в Вяземском округе»',
      kind: 'text',
      optional: true,
    },
    {
      name: 'words',
      label: 'Слова, по которым узнаётся место',
      hint: 'по одному на строке, строчными буквами; «*» заменяет конец слова: вязьм*',
      kind: 'list',
    },
  ],
});

export const RECORDS: readonly Records[] = [AGENCIES, OFFICIALS, HOURS, TOPICS, MUNICIPALITIES];
