import express, { Router } from 'express';
import { layout, when, type Tab } from '../page/layout.ts';
import { markup } from '../page/markup.ts';
import { refuseOf, type Refusals } from '../refusals.ts';
import type { Hooks } from './hooks.ts';

export interface HooksPageDeps {
  hooks: Hooks;
  refusals: Refusals;
  tabs: () => Tab[];
}

/** The receiver for agencies whose channel is a webhook. `behaviour` is no receiver's name. */
export function createHooksPage({ hooks, refusals, tabs }: HooksPageDeps): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    const items = hooks.messages();
    const body = markup`<section class="card wide">
<h1>Веб-хуки</h1>
<p class="muted">Уведомления ведомствам, которые приняли адрес вида /hooks/имя.</p>
${items.length === 0 && markup`<p class="muted empty">Вызовов нет.</p>`}
<ul class="mails" aria-label="Вызовы">${items.map(
      (hook) =>
        markup`<li><details><summary><span class="mails__to">${hook.name}</span> <time class="muted">${when(new Date(hook.at))}</time></summary><pre>${typeof hook.body === 'string' ? hook.body : JSON.stringify(hook.body, null, 2)}</pre></details></li>`,
    )}</ul>
</section>`;
    res.send(layout('Веб-хуки', tabs(), '/hooks', body));
  });
  router.get('/messages.json', (req, res) => {
    const { name } = req.query;
    res.json(hooks.messages(typeof name === 'string' ? name : undefined));
  });
  router.delete('/messages.json', (_req, res) => {
    hooks.clear();
    res.json([]);
  });
  router.post('/behaviour', express.json(), (req, res) => {
    refusals.set(refuseOf(req.body));
    res.json({ refuse: refusals.left });
  });
  router.post('/:name', express.text({ type: () => true, limit: '10mb' }), (req, res) => {
    if (refusals.take()) return void res.status(503).json({ error: 'unavailable' });
    const headers = Object.fromEntries(
      Object.entries(req.headers).map(([key, value]) => [key, String(value)]),
    );
    const text = typeof req.body === 'string' ? req.body : '';
    res.status(202).json({ id: hooks.add(req.params.name, headers, text).id });
  });
  return router;
}
