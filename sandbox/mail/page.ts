import express, { Router } from 'express';
import { field, layout, when, type Tab } from '../page/layout.ts';
import { markup, type Markup } from '../page/markup.ts';
import { refuseOf, type Refusals } from '../refusals.ts';
import type { Mail, Mailbox } from './mailbox.ts';

export interface MailPageDeps {
  mailbox: Mailbox;
  refusals: Refusals;
  smtpPort: () => number;
  tabs: () => Tab[];
}

/** The inbox of everyone who is written to: pages, JSON and the switch for refusals. */
export function createMailPage({ mailbox, refusals, smtpPort, tabs }: MailPageDeps): Router {
  const router = Router();
  const page = (title: string, body: Markup) => layout(title, tabs(), '/mail', body);

  router.get('/', (req, res) => {
    const to = typeof req.query['to'] === 'string' ? req.query['to'] : '';
    const addressees = [...new Set(mailbox.messages().flatMap((mail) => mail.to))].sort();
    const status = refusalStatus(refusals.left);
    res.send(page('Почта', list(mailbox.messages(to), to, addressees, status, smtpPort())));
  });
  router.get('/messages.json', (req, res) => {
    res.json(mailbox.messages(typeof req.query['to'] === 'string' ? req.query['to'] : undefined));
  });
  router.delete('/messages.json', (_req, res) => {
    mailbox.clear();
    res.json([]);
  });
  router.post('/clear', (_req, res) => {
    mailbox.clear();
    res.redirect(303, '/mail');
  });
  router.post('/behaviour', express.json(), express.urlencoded({ extended: false }), (req, res) => {
    refusals.set(refuseOf(req.body));
    if (req.is('json')) res.json({ refuse: refusals.left });
    else res.redirect(303, '/mail');
  });

  router.param('id', (_req, res, next, id) => {
    const mail = mailbox.find(Number(id));
    if (!mail) return void res.status(404).send(page('Почта', markup`<p>Такого письма нет.</p>`));
    res.locals['mail'] = mail;
    next();
  });
  const found = (res: express.Response) => res.locals['mail'] as Mail;

  router.get('/:id', (_req, res) => void res.send(page(found(res).subject, letter(found(res)))));
  router.get('/:id/html', (_req, res) => {
    res.set(
      'content-security-policy',
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
    res.type('html').send(found(res).html ?? '');
  });
  router.get('/:id/attachments/:index', (req, res) => {
    const part = found(res).attachments[Number(req.params.index)];
    const bytes = part && mailbox.file(part.file);
    if (!part || !bytes) return void res.sendStatus(404);
    res.attachment(part.filename).type('application/octet-stream').send(bytes);
  });
  return router;
}

function refusalStatus(left: number | null): string {
  if (left === null) return 'Сервер отказывает (451), пока не выключат.';
  return left === 0 ? 'Сервер принимает письма.' : `Сервер откажет (451) ещё раз: ${left}.`;
}

function list(mails: Mail[], to: string, addressees: string[], status: string, port: number) {
  return markup`<section class="card wide">
<h1>Почта</h1>
<p class="muted">Всё, что система отправила на порт ${port}. Наружу ничего не уходит.</p>
<form method="get" class="filter">${field('Кому', 'to', markup`<select id="to" name="to"><option value="">все адресаты</option>${addressees.map((one) => markup`<option${one === to && markup` selected`}>${one}</option>`)}</select>`)}<button>Показать</button></form>
${mails.length === 0 && markup`<p class="muted empty">Писем нет.</p>`}
<ul class="mails" aria-label="Письма">${mails.map(
    (
      mail,
    ) => markup`<li><a href="/mail/${mail.id}"><span class="mails__to">${mail.to.join(', ')}</span>
<b>${mail.subject || 'Без темы'}${mail.attachments.length > 0 && ' 📎'}</b><time class="muted">${when(new Date(mail.at))}</time></a></li>`,
  )}</ul>
</section>
<details class="card wide panel"><summary>Неисправности почты</summary><p class="muted">${status}</p>
<form method="post" action="/mail/behaviour" class="filter">${field('Отказать раз', 'refuse', markup`<input id="refuse" name="refuse" type="number" min="0" placeholder="пока не выключат">`)}<button>Включить</button></form>
<form method="post" action="/mail/behaviour"><input type="hidden" name="refuse" value="0"><button class="link">Выключить отказы</button></form>
<form method="post" action="/mail/clear"><button class="link danger">Удалить все письма</button></form>
</details>`;
}

function letter(mail: Mail): Markup {
  return markup`<article class="card wide letter">
<a class="back" href="/mail">← Все письма</a>
<h1>${mail.subject || 'Без темы'}</h1>
<dl><dt>Кому</dt><dd>${mail.to.join(', ')}</dd><dt>От кого</dt><dd>${mail.from}</dd><dt>Когда</dt><dd>${when(new Date(mail.at))}</dd></dl>
${mail.attachments.length > 0 && markup`<p>Вложения: ${mail.attachments.map((part, index) => markup`<a class="chip" href="/mail/${mail.id}/attachments/${index}">${part.filename} (${Math.ceil(part.size / 1024)} КБ)</a> `)}</p>`}
${mail.html !== null && markup`<iframe title="Письмо" sandbox src="/mail/${mail.id}/html"></iframe>`}
<details${mail.html === null && markup` open`}><summary>Текст письма</summary><pre>${mail.text}</pre></details>
</article>`;
}
