import type { RequestHandler, Response } from 'express';
import type { Access } from '../access/access.ts';
import { principalOf } from '../access/authenticate.ts';
import { may, type Action } from '../access/rights.ts';
import type { Session } from '../access/sessions.ts';
import { layout, type Frame } from './views/layout.ts';
import { sectionsFor } from './views/sections.ts';

/** The session also of somebody who has yet to choose a password. */
export const sessionIn = (response: Response): Session | null =>
  (response.locals['session'] as Session | null | undefined) ?? null;

/** What the head of the page shows; null: nobody signed in. */
export const frameIn = (response: Response): Frame | null =>
  (response.locals['frame'] as Frame | null | undefined) ?? null;

/** A whole page for whoever asks; `body` and `head` are HTML, `title` is text. */
export const page = (response: Response, title: string, body: string, head = ''): string =>
  layout(title, body, head, frameIn(response));

/** Prepares what the head of a page shows: the person, the sections of theirs, the way out. */
export function frame({ sessions, formTokens }: Access): RequestHandler {
  return async (request, response, next) => {
    const session = await sessions.of(request);
    response.locals['session'] = session;
    if (session !== null) {
      const principal = principalOf(response);
      const made: Frame = {
        name: principal?.name ?? session.login,
        sections: principal === null ? [] : sectionsFor(principal.role),
        path: request.path,
        token: await formTokens.issue(request, response),
      };
      response.locals['frame'] = made;
    }
    next();
  };
}

/** Lets signed-in people through; others sign in first, or choose a password, and come back. */
export const signedIn: RequestHandler = (request, response, next) => {
  if (principalOf(response) !== null) {
    response.set('cache-control', 'private, no-store');
    next();
    return;
  }
  if (request.method !== 'GET') {
    response
      .status(401)
      .send(page(response, 'Нужен вход', '<p><a href="/sign-in">Войдите</a> и повторите.</p>'));
    return;
  }
  const where = sessionIn(response)?.mustChange ? '/password' : '/sign-in';
  response.redirect(303, `${where}?to=${encodeURIComponent(request.originalUrl)}`);
};

/** The same for people who may do something; others are told `whom` it is for. */
export const signedInFor =
  (action: Action, whom: string): RequestHandler =>
  (request, response, next) => {
    signedIn(request, response, () => {
      const principal = principalOf(response);
      if (principal !== null && may(principal, action)) next();
      else response.status(403).send(page(response, 'Нет доступа', `<p>${whom}</p>`));
    });
  };
