import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { answerLink } from './answer-link.ts';

const post = { network: 'vk', url: 'https://vk.com/wall-1_20' };
const comment = { network: 'vk', url: 'https://vk.com/wall-1_20?reply=31' };

describe('The link to an answer published by hand', () => {
  for (const link of [
    'https://vk.com/wall-1_20?reply=32',
    'https://m.vk.com/wall-1_20?reply=32',
    'https://vk.ru/wall-1_20?reply=32&thread=31',
    'https://www.vk.com/feed?w=wall-1_20_r32',
  ]) {
    it(`is taken: ${link}`, () => {
      expect(answerLink(link, post, false)).to.equal(link);
      expect(answerLink(link, comment, false)).to.equal(link);
    });
  }

  for (const [link, why] of [
    ['', /не распознана/],
    ['wall-1_20?reply=32', /не распознана/],
    ['javascript:alert(1)', /не распознана/],
    ['https://ok.ru/wall-1_20?reply=32', /в той же сети/],
    ['https://vk.com.evil.example/wall-1_20?reply=32', /в той же сети/],
    ['https://vk.com/wall-1_20', /само сообщение/],
    ['https://vk.com/wall-1_21?reply=32', /другую запись/],
    ['https://vk.com/wall-1_200?reply=32', /другую запись/],
    ['https://vk.com/smolensk', /другую запись/],
  ] as const) {
    it(`is refused: ${link || 'nothing'}`, () => {
      expect(() => answerLink(link, post, false)).to.throw(InputError, why);
    });
  }

  it('of X is taken from any of its hosts, with the answer’s own id', () => {
    const tweet = { network: 'x', url: 'https://x.com/petr/status/18' };
    for (const host of ['x.com', 'twitter.com', 'mobile.twitter.com', 'www.x.com']) {
      const link = `https://${host}/smolgov/status/19`;
      expect(answerLink(link, tweet, false)).to.equal(link);
    }
    expect(() => answerLink('https://x.com/petr/status/18', tweet, false)).to.throw(InputError);
    expect(() => answerLink('https://vk.com/wall-1_2', tweet, false)).to.throw(InputError);
  });

  it('may lead to another post of the network when the original is gone', () => {
    const link = 'https://vk.com/wall-1_21';
    expect(answerLink(link, post, true)).to.equal(link);
    expect(() => answerLink('https://ok.ru/topic/1', post, true)).to.throw(InputError);
  });

  it('in Odnoklassniki may be the post’s own: comments have no address there', () => {
    const topic = { network: 'ok', url: 'https://ok.ru/group/519001/topic/1570' };
    for (const link of [topic.url, 'https://m.ok.ru/group/519001/topic/1570#comment-1']) {
      expect(answerLink(link, topic, false)).to.equal(link);
    }
    const other = 'https://ok.ru/group/519001/topic/1571';
    expect(() => answerLink(other, topic, false)).to.throw(InputError, /другую запись/);
  });

  it('is compared as far as the network’s addresses tell the post', () => {
    const onFacebook = { network: 'facebook', url: 'https://www.facebook.com/5/posts/6/' };
    const taken = 'https://m.facebook.com/story.php?story_fbid=pfbid0&comment_id=7';
    expect(answerLink(taken, onFacebook, false)).to.equal(taken);
    const onInstagram = { network: 'instagram', url: 'https://www.instagram.com/p/Cab/c/1/' };
    const right = 'https://www.instagram.com/p/Cab/c/1/r/2/';
    expect(answerLink(right, onInstagram, false)).to.equal(right);
    const wrong = 'https://www.instagram.com/p/Cad/c/1/';
    expect(() => answerLink(wrong, onInstagram, false)).to.throw(InputError, /другую запись/);
    const profile = { network: 'instagram', url: 'https://www.instagram.com/ira/' };
    expect(answerLink(right, profile, false)).to.equal(right);
  });

  it('compares hosts with their ports', () => {
    const local = { network: 'vk', url: 'http://127.0.0.1:3100/vk/wall-1_20' };
    const link = 'http://127.0.0.1:3100/vk/wall-1_20?reply=3';
    expect(answerLink(link, local, false)).to.equal(link);
    expect(() => answerLink(link.replace('3100', '3101'), local, false)).to.throw(InputError);
  });
});
