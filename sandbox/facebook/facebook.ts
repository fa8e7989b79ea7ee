import { createMetaNetwork, type Kind, type MetaDeps } from '../meta/network.ts';
import { createFacebookApi } from './api.ts';
import { facebookNotice } from './notices.ts';
import { facebookOptions } from './options.ts';

const kind: Kind = {
  code: 'facebook',
  title: 'Facebook',
  options: facebookOptions,
  object: 'page',
  ids: {
    person: (n) => `7000${n}`,
    post: (place, from, n) =>
      `${place === 'elsewhere' ? from : facebookOptions.official.id}_9000${n}`,
    comment: (post, n) => `${post.split('_')[1]}_8000${n}`,
  },
  rules: {
    places: ['visitor', 'elsewhere'],
    author: 'Анна Петрова',
    photosInComments: true,
    wrongName: () => null,
  },
  look: {
    mention: null,
    path: '/posts/:ref',
    places: {
      own: 'официальная страница',
      visitor: 'на странице Правительства',
      elsewhere: 'у себя, с отметкой страницы',
    },
    choices: { visitor: 'Страница Правительства', elsewhere: 'Своя страница, с отметкой' },
    samples: [
      {
        id: 'heating',
        title: 'Холодные батареи',
        author: 'Ольга Смирнова',
        place: 'visitor',
        text: 'Ярцево, улица Гагарина, дом 5: батареи еле тёплые вторую неделю, дома дети болеют. В управляющей компании говорят «ждите». Сколько ждать?',
      },
      {
        id: 'snow',
        title: 'Снег на остановке',
        author: 'Виктор Лебедев',
        place: 'elsewhere',
        text: 'Смоленск, остановка «Медгородок» завалена снегом по колено, автобус встаёт посреди дороги. Когда расчистят?',
      },
    ],
  },
  links: (base, permalinkBase) => ({
    post: ({ id }) => `${permalinkBase()}/posts/${id}`,
    comment: ({ id, post }) => `${permalinkBase()}/posts/${post}?comment_id=${id.split('_')[1]}`,
    photo: (file) => `${base()}/photo/${file}`,
  }),
  api: createFacebookApi,
  noticeOf: facebookNotice,
};

/** Facebook's stand-in: `/facebook/vN.N/…` for graph.facebook.com, `/facebook` for the site. */
export const createFacebook = (deps: MetaDeps) => createMetaNetwork(kind, deps);
