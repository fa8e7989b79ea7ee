import { expect } from 'chai';
import { endingOf, fileName, freeName } from './file-name.ts';

describe('The name of an attachment', () => {
  for (const [given, shown] of [
    ['Яма на Ленина.JPG', 'Яма на Ленина.JPG'],
    ['../../etc/passwd.png', 'passwd.png'],
    ['C:\\Users\\я\\Рабочий стол\\фото.jpg', 'фото.jpg'],
    ['/etc/', 'файл'],
    ['', 'файл'],
    ['..', 'файл'],
    ['.htaccess', 'htaccess'],
    ['a\0b\u0007\n\t.jpg', 'ab.jpg'],
    ['gpj.\u202eexe.jpg', 'gpj.exe.jpg'],
    ['<img src=x onerror="alert(1)">.png', 'img src=x onerror=alert(1).png'],
    ['и\u0306.jpg', 'й.jpg'],
    [`${'я'.repeat(500)}.jpeg`, `${'я'.repeat(95)}.jpeg`],
    [`x.${'я'.repeat(500)}`, `x.${'я'.repeat(98)}`],
  ] as const) {
    it(`of ${JSON.stringify(given.slice(0, 30))} holds neither folders nor what cannot be seen`, () => {
      expect(fileName(given)).to.equal(shown);
    });
  }

  it('has an ending or has none', () => {
    expect(endingOf('a.b.JPG')).to.equal('jpg');
    expect(endingOf('фото')).to.be.null;
    expect(endingOf('.jpg')).to.be.null;
    expect(endingOf('1. Общий вид улицы')).to.be.null;
  });

  it('gets a number when another file has it', () => {
    expect(freeName('a.jpg', ['b.jpg'])).to.equal('a.jpg');
    expect(freeName('a.jpg', ['a.jpg', 'a (2).jpg'])).to.equal('a (3).jpg');
    expect(freeName('a', ['a'])).to.equal('a (2)');
  });
});
