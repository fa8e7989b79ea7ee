import { expect } from 'chai';
import { createTransport } from 'nodemailer';
import type { Sandbox } from '../sandbox.ts';
import { startSandbox, stopSandboxes } from '../testing.ts';

function send(sandbox: Sandbox, mail: object = {}) {
  const transport = createTransport({ host: '127.0.0.1', port: sandbox.mail.port, secure: false });
  return transport.sendMail({
    from: 'Отклик <otklik@example.test>',
    to: 'roads@example.test',
    subject: 'Новое поручение № 5',
    text: 'Срок — сегодня, 18:00',
    ...mail,
  });
}

describe('mail sink', () => {
  afterEach(stopSandboxes);

  it('keeps a mail with its parts, for every addressee of the envelope', async () => {
    const sandbox = await startSandbox();
    await send(sandbox, {
      bcc: 'boss@example.test',
      html: '<p>Срок <b>сегодня</b></p>',
      attachments: [{ filename: 'Отчёт.docx', content: Buffer.from([1, 2, 3]) }],
    });
    const [mail] = sandbox.mail.messages('boss@example.test');
    expect(mail?.to).to.deep.equal(['roads@example.test', 'boss@example.test']);
    expect(mail).to.include({ subject: 'Новое поручение № 5', from: 'otklik@example.test' });
    expect(mail?.text).to.contain('Срок — сегодня, 18:00');
    expect(mail?.html).to.contain('<b>сегодня</b>');
    expect(mail?.attachments[0]).to.include({ filename: 'Отчёт.docx', size: 3 });

    const json = await fetch(`${sandbox.url}/mail/messages.json?to=nobody@example.test`);
    expect(await json.json()).to.deep.equal([]);
    const file = await fetch(`${sandbox.url}/mail/${mail?.id}/attachments/0`);
    expect(Buffer.from(await file.arrayBuffer())).to.deep.equal(Buffer.from([1, 2, 3]));
    expect(file.headers.get('content-disposition')).to.contain('attachment');
  });

  it('refuses the next mails with 451, then takes them again', async () => {
    const sandbox = await startSandbox();
    sandbox.mail.refuse(1);
    const code = await send(sandbox).then(
      () => 0,
      (error: { responseCode: number }) => error.responseCode,
    );
    expect(code).to.equal(451);
    await send(sandbox);
    expect(sandbox.mail.messages()).to.have.length(1);
  });

  it('refuses until switched off, set over HTTP', async () => {
    const sandbox = await startSandbox();
    const behaviour = (refuse: number | null) =>
      fetch(`${sandbox.url}/mail/behaviour`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refuse }),
      });
    await behaviour(null);
    for (let i = 0; i < 3; i++)
      expect(await send(sandbox).catch(() => 'refused')).to.equal('refused');
    await behaviour(0);
    await send(sandbox);
    expect(sandbox.mail.messages()).to.have.length(1);
    expect((await behaviour(-1)).status).to.equal(400);
  });

  it('shows mails escaped, and their HTML only in a sandbox', async () => {
    const sandbox = await startSandbox();
    await send(sandbox, {
      subject: '<img src=x onerror=alert(1)>',
      html: '<script>1</script>Текст',
    });
    const list = await (await fetch(`${sandbox.url}/mail`)).text();
    expect(list).to.contain('&lt;img src=x').and.not.to.contain('<img src=x');
    const letter = await (await fetch(`${sandbox.url}/mail/1`)).text();
    expect(letter).to.contain('<iframe title="Письмо" sandbox src="/mail/1/html">');
    const html = await fetch(`${sandbox.url}/mail/1/html`);
    expect(html.headers.get('content-security-policy')).to.match(/^sandbox; default-src 'none'/);
    expect((await fetch(`${sandbox.url}/mail/77`)).status).to.equal(404);
  });
});
