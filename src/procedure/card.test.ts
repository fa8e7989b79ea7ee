import { expect } from 'chai';
import { card, type CardMessage } from './card.ts';

const message: CardMessage = {
  network: 'vk',
  kind: 'comment',
  url: 'https://vk.com/wall-1_20?reply=3',
  authorName: 'Иван Петров',
  authorUrl: 'https://vk.com/id7',
  text: 'Когда заделают яму?',
  photos: [],
  publishedAt: new Date('2026-11-24T15:00:00Z'),
  editedAt: null,
  deletedAt: null,
};
const options = { zone: 'Europe/Moscow', pageLink: 'https://otklik.example/messages/1?key=a' };
const cardOf = (over: Partial<CardMessage> = {}) => card({ ...message, ...over }, options);

describe('The card of a message', () => {
  it('says where, what, who and when, with links', () => {
    expect(cardOf()).to.equal(
      '**ВКонтакте, комментарий** · [Иван Петров](<https://vk.com/id7>) · 24.11.2026 18:00' +
        ' · [открыть в сети](<https://vk.com/wall-1_20?reply=3>)' +
        ' · [история и полный текст](<https://otklik.example/messages/1?key=a>)' +
        '\n\n> Когда заделают яму?',
    );
  });

  it('says that the author changed or deleted it', () => {
    const editedAt = new Date('2026-11-24T15:30:00Z');
    const deletedAt = new Date('2026-11-24T16:00:00Z');
    expect(cardOf({ editedAt })).to.contain('**Автор изменил сообщение 24.11.2026 18:30.**');
    expect(cardOf({ editedAt, deletedAt }))
      .to.contain('**Автор изменил сообщение 24.11.2026 18:30.**')
      .and.to.contain('**Автор удалил сообщение 24.11.2026 19:00.**');
  });

  it('shows what people wrote as they wrote it', () => {
    const shown = cardOf({
      authorName: '**Я** [тут](http://x)\n# <b>',
      text: '# Срочно!\n[сюда](javascript:alert(1)) <img src=x onerror=alert(1)>',
    });
    expect(shown).not.to.match(/<img|<b>|\n#|\]\(http:|\]\(javascript/);
  });

  it('links only to the web, and nothing in an address ends the link', () => {
    const shown = cardOf({
      authorUrl: 'javascript:alert(1)',
      url: 'https://vk.com/a> <b)c',
      photos: ['data:image/png;base64,AA', 'https://sun.example/1.jpg?a=(b)>c#\\'],
    });
    expect(shown).not.to.contain('javascript').and.not.to.contain('data:');
    expect(shown).to.contain('[открыть в сети](<https://vk.com/a%3E%20%3Cb)c>)');
    expect(shown).to.contain('![Фото 1](<https://sun.example/1.jpg?a=(b)%3Ec#%5C>)');
  });

  it('has a word for a message without text or author', () => {
    const shown = cardOf({ text: ' \n', authorName: null, authorUrl: null });
    expect(shown).to.contain('автор неизвестен').and.to.contain('*Без текста*');
  });

  it('leads to an author whose name the network did not tell', () => {
    const shown = cardOf({ authorName: null, authorUrl: 'https://vk.com/id7' });
    expect(shown).to.contain('[страница автора](<https://vk.com/id7>)');
  });

  it('fits the form whatever comes', () => {
    for (const text of ['*'.repeat(16_000), 'я'.repeat(16_000), '\n'.repeat(9_000)]) {
      const shown = cardOf({
        text,
        authorName: '*'.repeat(5_000),
        authorUrl: `https://a.example/${'x'.repeat(9_000)}`,
        url: `https://a.example/${'<'.repeat(160)}`,
        photos: Array.from(
          { length: 10 },
          (_, index) => `https://a.example/${'x'.repeat(480)}${index}`,
        ),
        editedAt: message.publishedAt,
        deletedAt: message.publishedAt,
      });
      expect(shown.length).to.be.at.most(7_000);
      expect(shown).to.contain('и ещё фото: 6');
    }
    expect(cardOf({ text: 'я'.repeat(16_000) })).to.contain('полный текст — на странице сообщения');
  });
});
