import { expect } from 'chai';
import { readNetworkSettings } from '../settings.ts';
import { readFound as readFacebook } from '../facebook/found.ts';
import { readFound as readInstagram } from '../instagram/found.ts';

const settings = await readNetworkSettings(
  new URL('../../../region/smolensk/networks.yaml', import.meta.url).pathname,
  {},
);

/** Answers in the form of the networks' documentation. */
const facebookPost = {
  id: '519003_90001',
  message: 'Яма на Ленина',
  created_time: '2026-11-24T09:15:00+0000',
  from: { name: 'Пётр Ильин', id: '70001' },
  permalink_url: 'https://www.facebook.com/519003/posts/90001/',
  full_picture: 'https://scontent.example/1.jpg',
  comments: { data: [], summary: { order: 'chronological', total_count: 2, can_comment: true } },
};
const instagramComment = {
  id: '17870913679156914',
  text: 'Двор тёмный',
  timestamp: '2026-11-24T09:15:00+0000',
  username: 'olga_smol',
  from: { id: '17841405309211844', username: 'olga_smol' },
  parent_id: '17870913679156001',
  media: { id: '17895695668004550', permalink: 'https://www.instagram.com/p/Cabc/' },
};

describe('what Facebook and Instagram answer', () => {
  const facebook = (over: object, post: string | null = null) =>
    readFacebook(settings.facebook, { ...facebookPost, ...over }, post);
  const instagram = (over: object) =>
    readInstagram(
      settings.instagram,
      { ...instagramComment, ...over },
      { media: '17895695668004550', permalink: undefined, comment: true, elsewhere: false },
    );

  it('is read as posts and comments', () => {
    expect(facebook({})).to.deep.equal({
      network: 'facebook',
      externalId: '519003_90001',
      kind: 'post',
      url: 'https://www.facebook.com/519003/posts/90001/',
      authorName: 'Пётр Ильин',
      authorUrl: 'https://www.facebook.com/70001',
      text: 'Яма на Ленина',
      photos: ['https://scontent.example/1.jpg'],
      publishedAt: new Date('2026-11-24T09:15:00Z'),
      inThreadOf: null,
    });
    expect(instagram({})).to.deep.equal({
      network: 'instagram',
      externalId: '17895695668004550/17870913679156914',
      kind: 'comment',
      url: 'https://www.instagram.com/p/Cabc/c/17870913679156914/',
      authorName: 'olga_smol',
      authorUrl: 'https://www.instagram.com/olga_smol/',
      text: 'Двор тёмный',
      photos: [],
      publishedAt: new Date('2026-11-24T09:15:00Z'),
      inThreadOf: '17895695668004550/17870913679156001',
    });
  });

  it('is read when the network leaves fields out', () => {
    const bare = { from: undefined, permalink_url: undefined, full_picture: undefined };
    expect(facebook({ ...bare, message: undefined })).to.deep.include({
      authorName: null,
      authorUrl: null,
      text: '',
      photos: [],
      url: 'https://www.facebook.com/519003_90001',
    });
    const comment = { id: '90001_80002', attachment: 'odd', parent: { id: '90001_80001' } };
    expect(facebook(comment, '519003_90001')).to.include({
      externalId: '519003_90001/90001_80002',
      kind: 'comment',
      inThreadOf: '519003_90001/90001_80001',
    });
    expect(facebook({ ...comment, parent: 'odd' }, '519003_90001')).to.include({
      inThreadOf: null,
    });
    const alone = { username: undefined, from: undefined, media: undefined };
    expect(instagram(alone)).to.include({
      authorName: null,
      url: 'https://www.instagram.com/sandbox_smolgov/',
    });
  });

  it('is left out when it is our own or not theirs', () => {
    expect(facebook({ from: { id: '519003', name: 'Правительство' } })).to.equal(null);
    expect(facebook({ created_time: 'yesterday' })).to.equal(null);
    expect(facebook({ id: 5 })).to.equal(null);
    expect(instagram({ username: 'sandbox_smolgov' })).to.equal(null);
    expect(instagram({ timestamp: undefined })).to.equal(null);
  });
});
