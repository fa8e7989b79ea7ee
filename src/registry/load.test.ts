import { expect } from 'chai';
import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyOfDemoRegion, type RegionCopy } from '../../test/region.ts';
import { loadRegion } from './load.ts';

/** A break of the demo region, `after` what it stands (lines down from there), what is said. */
interface Broken {
  it: string;
  file: string;
  old: string;
  new: string;
  down?: number;
  says: string[];
}

const executor = '  executor: minzdrav\n';
const BROKEN: Broken[] = [
  ...[
    ['window: PT2H', 'window: PT2M', 'от PT30M до PT24H'],
    ['weeks: 8', 'weeks: много', 'целое число от 3 до 26'],
    ['least: 10', 'least: 2', 'целое число от 3 до 10000'],
    ['times: 3', 'times: 1.5', 'целое число от 2 до 100'],
    ['falseAlarms: 1', 'falseAlarms: 0', 'от 0.01 до 30'],
    ['calm: PT12H', 'calm: P1D', 'от PT1H до PT168H'],
  ].map(([old = '', broken = '', says = '']): Broken => ({
    it: `thresholds of surges (clause 15): ${broken}`,
    file: 'region.yaml',
    old: `  ${old}\n`,
    new: `  ${broken}\n`,
    says: [says],
  })),
  {
    it: 'an executor who is not among the officials, with a hint',
    file: 'agencies.yaml',
    old: executor,
    new: '  executor: minzdarv\n',
    says: ['«minzdarv» нет в officials.yaml', 'имелось в виду «minzdrav»', 'роль'],
  },
  {
    it: 'an agency without an executor (clause 3)',
    file: 'agencies.yaml',
    old: executor,
    new: '  executor:\n',
    says: ['у органа нет исполнителя (п. 3)', 'не ниже заместителя руководителя'],
  },
  {
    it: 'an agency that does not mention an executor (clause 3)',
    file: 'agencies.yaml',
    old: `${executor}  supervisor: vice-social\n`,
    new: '  supervisor: vice-social\n',
    down: -6,
    says: ['у органа нет исполнителя (п. 3): не указано'],
  },
  {
    it: 'a field that there is not, with a hint',
    file: 'agencies.yaml',
    old: '- code: minobr\n',
    new: '- code: minobr\n  chanel: minobr@smolensk.example\n',
    down: 1,
    says: ['неизвестное поле «chanel»', 'имелось в виду «channel»', 'shortName'],
  },
  {
    it: 'an executor whose post is below deputy head (clause 3)',
    file: 'officials.yaml',
    old: 'министра здравоохранения Смоленской области\n  rank: deputy-head\n',
    new: 'министра здравоохранения Смоленской области\n  rank: division-head\n',
    down: 1,
    says: ['«minzdrav»', '«division-head»', 'п. 3', 'head, deputy-head'],
  },
  {
    it: 'an executor who is a curator',
    file: 'agencies.yaml',
    old: executor,
    new: '  executor: curator\n',
    says: ['«curator» не может быть исполнителем', 'одно лицо'],
  },
  {
    it: 'an executor with the address of a curator',
    file: 'officials.yaml',
    old: 'email: minzdrav@smolensk.example',
    new: 'email: curator@smolensk.example',
    says: ['«minzdrav» и куратора «curator» один адрес', 'одно лицо'],
  },
  {
    it: 'an executor with another role',
    file: 'agencies.yaml',
    old: executor,
    new: '  executor: vice-social\n',
    says: ['«vice-social» не может быть исполнителем', '«deputy-governor»'],
  },
  {
    it: 'a supervisor who is not a deputy governor (clause 13)',
    file: 'agencies.yaml',
    old: `${executor}  supervisor: vice-social\n`,
    new: `${executor}  supervisor: governor\n`,
    down: 1,
    says: ['«governor» не заместитель Губернатора', 'п. 13'],
  },
  {
    it: 'an unknown supervisor',
    file: 'agencies.yaml',
    old: `${executor}  supervisor: vice-social\n`,
    new: `${executor}  supervisor: vice-socail\n`,
    down: 1,
    says: ['имелось в виду «vice-social»'],
  },
  {
    it: 'an empty supervisor',
    file: 'agencies.yaml',
    old: `${executor}  supervisor: vice-social\n`,
    new: `${executor}  supervisor: null\n`,
    down: 1,
    says: ['нет курирующего заместителя Губернатора'],
  },
  {
    it: 'a channel that is no address',
    file: 'agencies.yaml',
    old: '  channel: minzdrav-priem@smolensk.example\n',
    new: '  channel: minzdrav-priem.smolensk.example\n',
    says: ['неверный канал связи', 'электронной почты', 'веб-хука'],
  },
  {
    it: 'a channel of another protocol',
    file: 'agencies.yaml',
    old: '  channel: http://localhost:3100/hooks/mintrans\n',
    new: '  channel: ftp://localhost/hooks/mintrans\n',
    says: ['неверный канал связи'],
  },
  {
    it: 'unknown hours',
    file: 'agencies.yaml',
    old: '  hours: round-the-clock\n',
    new: '  hours: around-the-clock\n',
    says: ['«around-the-clock» нет в hours.yaml', 'default, early-lunch, round-the-clock'],
  },
  {
    it: 'a code used twice',
    file: 'agencies.yaml',
    old: '- code: minobr\n',
    new: '- code: minzdrav\n',
    says: ['«minzdrav» уже занято'],
  },
  {
    it: 'a login used twice',
    file: 'officials.yaml',
    old: '- login: curator2\n',
    new: '- login: curator\n',
    says: ['«curator» уже занято'],
  },
  ...['1 год', 'P', 'P0D', 'PT8H', 'P1Y6'].map((retention) => ({
    it: `a retention of «${retention}»`,
    file: 'region.yaml' as const,
    old: 'retention: P1Y',
    new: `retention: ${retention}`,
    says: ['неверный срок', 'например P1Y или P6M'],
  })),
  {
    it: 'a topic used twice',
    file: 'region.yaml',
    old: 'code: transport,',
    new: 'code: roads,',
    says: ['«roads» уже занято'],
  },
  {
    it: 'a second curator agency',
    file: 'agencies.yaml',
    old: '  curator: true\n',
    new:
      '  curator: true\n- code: second\n  name: Второй\n  shortName: Второй\n  competence: Всё\n' +
      '  executor: minobr\n  supervisor: vice-social\n  channel: a@b.example\n  curator: true\n',
    down: 8,
    says: ['куратором отмечены и «vnutrpolitika», и «second»'],
  },
  {
    it: 'a second governor',
    file: 'officials.yaml',
    old: 'по социальным вопросам\n  rank: deputy-governor\n  role: deputy-governor\n',
    new: 'по социальным вопросам\n  rank: deputy-governor\n  role: governor\n',
    down: 2,
    says: ['«governor» указана и у «governor», и у «vice-social»', 'ровно одно'],
  },
  {
    it: 'an unknown rank',
    file: 'officials.yaml',
    old: '  rank: specialist\n',
    new: '  rank: specialst\n',
    says: ['имелось в виду «specialist»', 'division-head'],
  },
  {
    it: 'an official without a post',
    file: 'officials.yaml',
    old: '  post: Губернатор Смоленской области\n',
    new: '',
    down: -1,
    says: ['поле «post»: не указано'],
  },
  {
    it: 'a department head who is somebody else',
    file: 'region.yaml',
    old: 'departmentHead: head',
    new: 'departmentHead: curator',
    says: ['«curator» не руководитель Департамента', 'department-head'],
  },
  {
    it: 'an unknown deputy governor for information policy',
    file: 'region.yaml',
    old: 'informationPolicyDeputy: vice-policy',
    new: 'informationPolicyDeputy: vice-polisy',
    says: ['имелось в виду «vice-policy»'],
  },
  {
    it: 'a limit of no length',
    file: 'region.yaml',
    old: 'return: PT30M',
    new: 'return: PT0S',
    says: ['неверная длительность', 'PT30M'],
  },
  {
    it: 'a limit in days',
    file: 'region.yaml',
    old: 'draft: PT8H',
    new: 'draft: P1D',
    says: ['неверная длительность', 'в часах и минутах'],
  },
  {
    it: 'a warning as long as its limit',
    file: 'region.yaml',
    old: 'draft: PT2H',
    new: 'draft: PT8H',
    says: ['не короче срока', 'limits.draft (PT8H)'],
  },
  {
    it: 'words of a municipality in capitals',
    file: 'region.yaml',
    old: 'words: [рославл*]',
    new: 'words: [Рославль*]',
    says: ['неверные слова', '«Рославль*»', 'например рославл*'],
  },
  {
    it: 'a time zone that there is not',
    file: 'region.yaml',
    old: 'zone: Europe/Moscow',
    new: 'zone: Europe/Smolensk',
    says: ['неверный часовой пояс'],
  },
  {
    it: 'an interval that ends before it begins',
    file: 'hours.yaml',
    old: "fri: ['08:30-12:30', '13:15-16:15']",
    new: "fri: ['08:30-12:30', '13:15-12:15']",
    says: ['«13:15-12:15»', 'ЧЧ:ММ'],
  },
  {
    it: 'the one wrong interval of a list with a line each',
    file: 'hours.yaml',
    old: "fri: ['08:30-12:30', '13:15-16:15']",
    new: "fri:\n      - '08:30-12:30'\n      - '12:15-16:15'",
    down: 2,
    says: ['«12:15-16:15»', 'без наложений'],
  },
  {
    it: 'a weekday that there is not',
    file: 'hours.yaml',
    old: "fri: ['08:30-12:30', '13:15-16:15']",
    new: "fry: ['08:30-12:30', '13:15-16:15']",
    says: ['неизвестное поле «fry»', 'имелось в виду «fri»'],
  },
  {
    it: 'a date that there is not',
    file: 'hours.yaml',
    old: '  observeHolidays: false\n',
    new: "  days:\n    '2026-06-31': []\n",
    down: 1,
    says: ['неверная дата «2026-06-31»', 'ГГГГ-ММ-ДД'],
  },
  {
    it: 'a region without default hours',
    file: 'hours.yaml',
    old: 'default:\n',
    new: 'usual:\n',
    says: ['нет режима «default»'],
  },
  {
    it: 'an indent that is off',
    file: 'officials.yaml',
    old: '  rank: specialist\n',
    new: '   rank: specialist\n',
    down: -1,
    says: ['сбит отступ'],
  },
  {
    it: 'a tab',
    file: 'region.yaml',
    old: '  return: PT30M',
    new: '\treturn: PT30M',
    says: ['табуляц'],
  },
  {
    it: 'a field given twice',
    file: 'region.yaml',
    old: 'governor: governor',
    new: 'governor: governor\ngovernor: governor',
    down: 1,
    says: ['указано дважды'],
  },
];

describe('loadRegion', () => {
  let copy: RegionCopy;
  beforeEach(async () => (copy = await copyOfDemoRegion()));
  afterEach(() => copy.remove());

  it('reads the demo region, with what files leave out filled in', async () => {
    const { region, faults } = await loadRegion(copy.dir);
    expect(faults).to.deep.equal([]);
    expect(region?.agencies).to.have.length.of.at.least(14);
    expect(region?.settings.municipalities).to.have.length(27);
    const agencies = new Map(region?.agencies.map((agency) => [agency.code, agency]));
    expect(agencies.get('minzdrav')).to.include({ hours: 'default', curator: false });
    expect(agencies.get('mintrans')?.channel.kind).to.equal('webhook');
    expect(agencies.get('vnutrpolitika')?.curator).to.equal(true);
  });

  for (const broken of BROKEN) {
    it(`refuses ${broken.it}`, async () => {
      const line = await copy.edit(broken.file, broken.old, broken.new);
      const { region, faults } = await loadRegion(copy.dir);
      expect(region).to.equal(null);
      const first = faults[0];
      expect(first?.file).to.equal(join(copy.dir, broken.file));
      expect(first?.message).to.include('допустимо:');
      for (const words of broken.says) expect(first?.message).to.include(words);
      expect(first?.line, first?.message).to.equal(line + (broken.down ?? 0));
    });
  }

  it('shows the faults of every file at once, in the order of files and lines', async () => {
    await copy.edit('hours.yaml', "fri: ['08:30-12:30', '13:15-16:15']", 'fri: 8');
    await copy.edit('agencies.yaml', '  hours: round-the-clock\n', '  hours: never\n');
    await copy.edit('agencies.yaml', executor, '  executor: nobody\n');
    await copy.edit('officials.yaml', '  rank: specialist\n', '  rank: none\n');
    const { faults } = await loadRegion(copy.dir);
    expect(faults.map(({ file, message }) => [file.split('/').at(-1), message.slice(0, 16)]))
      .to //
      .deep.equal([
        ['officials.yaml', 'поле «rank»: ука'],
        ['agencies.yaml', 'логина «nobody» '],
        ['agencies.yaml', 'режима «never» н'],
        ['hours.yaml', 'рабочее время «f'],
      ]);
  });

  it('does not report what only follows from another fault', async () => {
    await copy.edit('officials.yaml', 'email: vice-social@smolensk.example', 'email: vice-social');
    const { faults } = await loadRegion(copy.dir);
    expect(faults.map(({ message }) => message)).to.deep.equal([
      'поле «email»: указано «vice-social»; допустимо: адрес электронной почты, например priem@smolensk.example',
    ]);
  });

  it('names a file that is missing, and nothing else', async () => {
    await unlink(join(copy.dir, 'officials.yaml'));
    const { faults } = await loadRegion(copy.dir);
    expect(faults).to.have.length(1);
    expect(faults[0]).to.include({ file: join(copy.dir, 'officials.yaml'), line: 1 });
    expect(faults[0]?.message).to.include('файл не найден');
  });

  it('names a file that is not UTF-8', async () => {
    await writeFile(join(copy.dir, 'region.yaml'), Buffer.from([0xd1, 0xec, 0xee]));
    const { faults } = await loadRegion(copy.dir);
    expect(faults[0]?.message).to.include('UTF-8');
  });

  it('says of an empty file what belongs there', async () => {
    await writeFile(join(copy.dir, 'agencies.yaml'), '# пусто\n');
    const { faults } = await loadRegion(copy.dir);
    expect(faults).to.have.length(1);
    expect(faults[0]?.message).to.include('допустимо: список записей');
  });
});
