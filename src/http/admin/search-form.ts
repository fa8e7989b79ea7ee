import { at, itemsOf, put, sent, textOf } from './fields.ts';
import type { SettingsForm } from './settings-routes.ts';

const WORDS = 'searchWords';

/** The form of what the networks are searched for (clause 2). */
export const SEARCH: SettingsForm = {
  path: 'search',
  title: 'Слова для поиска',
  note: `По этим словам сообщения ищут в социальных сетях вне страниц органов власти. Новые слова действуют
    через минуту после сохранения. В «Одноклассниках» слова ищутся как хештеги.`,
  groups: () => [
    {
      fields: [
        { name: WORDS, label: 'Слова и словосочетания', hint: 'по одному на строке', kind: 'list' },
      ],
    },
  ],
  values: (source) => ({ [WORDS]: textOf(at(source['region.yaml'], WORDS)) }),
  save(source, body) {
    put(source['region.yaml'] as Record<string, unknown>, WORDS, itemsOf(sent(body, WORDS)));
  },
};
