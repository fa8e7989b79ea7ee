export interface Sample {
  id: string;
  title: string;
  author: string;
  text: string;
}

/** Ready posts of the page: each shows another way through the Procedure. */
export function samplesFor(account: string): readonly Sample[] {
  return [
    {
      id: 'lamps',
      title: 'Фонари в Рославле',
      author: 'Ольга Смирнова',
      text: `@${account} Рославль, улица Пролетарская: от школы до остановки вторую неделю не горят фонари, дети идут домой в темноте. Когда починят?`,
    },
    {
      id: 'bus',
      title: 'Автобус в Сафонове',
      author: 'Игорь Козлов',
      text: `@${account} Сафоново, маршрут 3 по выходным просто не выходит на линию 🚌 До больницы не доехать. Кто отвечает за расписание?`,
    },
    {
      id: 'unasked',
      title: 'Без упоминания',
      author: 'Денис Орлов',
      text: 'Вязьма, на Ползунова опять прорвало трубу, вода стоит по колено. Куда звонить — непонятно.',
    },
  ];
}
