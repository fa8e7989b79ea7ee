import { escapeHtml } from '../../procedure/escape-html.ts';
import { tokenField } from './token-field.ts';

/** The form of an account with a password. `to`: where to go afterwards, checked. */
export function passwordForm(given: {
  token: string;
  to: string;
  login: string;
  /** Why the last try was refused; null: there was none. */
  refusal: string | null;
}): string {
  const { token, to, login, refusal } = given;
  const focus = (on: boolean) => (on ? ' autofocus' : '');
  const described = refusal ? ' aria-describedby="refusal"' : '';
  return `${refusalOf(refusal)}
    <form class="fields" method="post" action="/sign-in">${tokenField(token)}
    <input type="hidden" name="to" value="${escapeHtml(to)}">
    <label>Логин<input name="login" value="${escapeHtml(login)}" autocomplete="username"
      autocapitalize="none" spellcheck="false" required maxlength="64"${described}${focus(login === '')}></label>
    <label>Пароль<input name="password" type="password" autocomplete="current-password" required
      maxlength="200"${described}${focus(login !== '')}></label>
    <button class="primary">Войти</button></form>
    <p class="muted">Забыли пароль — обратитесь к администратору.</p>`;
}

/** The way to the provider at which the organisation's people sign in. */
export const providerLink = (to: string): string =>
  `<p>Вход выполняется через единую систему входа вашей организации.</p>
   <p><a class="primary" href="/sign-in/start?to=${encodeURIComponent(to)}">Войти</a></p>`;

/** The form by which a person chooses a password. */
export function newPasswordForm(given: {
  token: string;
  login: string;
  to: string;
  /** The password was given out and is to be replaced before anything else. */
  forced: boolean;
  refusal: string | null;
}): string {
  const { token, login, to, forced, refusal } = given;
  const why = forced
    ? '<p class="notice">Вам выдан временный пароль. Прежде чем продолжить, задайте свой.</p>'
    : '';
  const described = refusal ? ' aria-describedby="refusal"' : '';
  return `${refusalOf(refusal)}${why}
    <form class="fields" method="post" action="/password">${tokenField(token)}
    <input type="hidden" name="to" value="${escapeHtml(to)}">
    <input type="hidden" name="username" value="${escapeHtml(login)}" autocomplete="username">
    <label>${forced ? 'Временный пароль' : 'Нынешний пароль'}<input name="current" type="password"
      autocomplete="current-password" required maxlength="200"${described}></label>
    <label>Новый пароль<input name="password" type="password" autocomplete="new-password" required
      minlength="12" maxlength="200" aria-describedby="rules"></label>
    <label>Новый пароль ещё раз<input name="repeated" type="password" autocomplete="new-password"
      required minlength="12" maxlength="200"></label>
    <p class="muted" id="rules">Не менее 12 знаков. Удобно взять три-четыре слова, не связанных между
      собой.</p>
    <button class="primary">Сохранить пароль</button></form>`;
}

/** Ends the person's sessions on every device. */
export const everywhereForm = (token: string): string =>
  `<h2>Сеансы</h2><p>Если вы входили на чужом компьютере, завершите все сеансы, и этот тоже.</p>
   <form method="post" action="/sign-out/everywhere">${tokenField(token)}
   <button>Выйти на всех устройствах</button></form>`;

const refusalOf = (refusal: string | null): string =>
  refusal === null ? '' : `<p class="refusal" id="refusal" role="alert">${escapeHtml(refusal)}</p>`;
