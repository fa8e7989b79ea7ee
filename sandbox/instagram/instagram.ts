import { createMetaNetwork, type Kind, type MetaDeps } from '../meta/network.ts';
import { createInstagramApi } from './api.ts';
import { instagramNotice } from './notices.ts';
import { instagramOptions } from './options.ts';

const kind: Kind = {
  code: 'instagram',
  title: 'Instagram',
  options: instagramOptions,
  object: 'instagram',
  ids: {
    person: (n) => `1784000000${n}`,
    post: (_place, _from, n) => `1790000000000${n}`,
    comment: (_post, n) => `1786000000000${n}`,
  },
  rules: {
    places: ['elsewhere'],
    author: 'anna_petrova',
    photosInComments: false,
    wrongName: (name) =>
      /^[\w.]{1,30}$/.test(name)
        ? null
        : 'Имя аккаунта — до 30 латинских букв, цифр, точек и подчёркиваний.',
  },
  look: {
    mention: `@${instagramOptions.official.name}`,
    path: '/p/:ref',
    places: {
      own: 'официальный аккаунт',
      visitor: '',
      elsewhere: 'у себя, с отметкой аккаунта',
    },
    choices: { elsewhere: 'Свой аккаунт, с отметкой' },
    samples: [
      {
        id: 'yard',
        title: 'Тёмный двор',
        author: 'olga_smol',
        place: 'elsewhere',
        text: 'Двор на Рыленкова, 18: фонари не горят с октября, вечером страшно идти с ребёнком. @sandbox_smolgov, помогите!',
      },
    ],
  },
  links: (base, permalinkBase) => ({
    post: ({ id }) => `${permalinkBase()}/p/${id}/`,
    comment: ({ id, post }) => `${permalinkBase()}/p/${post}/c/${id}/`,
    photo: (file) => `${base()}/photo/${file}`,
  }),
  api: createInstagramApi,
  noticeOf: instagramNotice,
};

/** Instagram's stand-in: `/instagram/vN.N/…` for graph.facebook.com, `/instagram` for the site. */
export const createInstagram = (deps: MetaDeps) => createMetaNetwork(kind, deps);
