/** A browser without a screen: keeps cookies, follows no redirect by itself, sends the forms it sees. */
export interface Visitor {
  /** By name, as the browser would send them. */
  cookies: Map<string, string>;
  /** `path` is one of the pages, or a whole address elsewhere. */
  get(path: string): Promise<Visit>;
  /** Sends exactly these fields. */
  post(path: string, fields: Record<string, string>): Promise<Visit>;
  /** Opens `path` and sends its first form, or the one to `action`, with these fields filled in. */
  submit(path: string, fields: Record<string, string>, action?: string): Promise<Visit>;
  /** Signs in with a password. */
  signIn(login: string, password: string): Promise<Visit>;
}

export interface Visit {
  status: number;
  /** Where the answer sends the browser; null: nowhere. */
  location: string | null;
  html: string;
  headers: Headers;
  /** Cookies that the answer sets, whole. */
  setCookies: string[];
}

export function newVisitor(url: string, headers: Record<string, string> = {}): Visitor {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (address: URL) => {
    const jar = jars.get(address.origin) ?? new Map<string, string>();
    jars.set(address.origin, jar);
    return jar;
  };

  async function ask(path: string, fields: Record<string, string> | null): Promise<Visit> {
    const address = new URL(path, url);
    const jar = jarOf(address);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { ...headers, ...(cookie && { cookie }) },
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    });
    const setCookies = response.headers.getSetCookie();
    for (const one of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === '' || /expires=thu, 01 jan 1970/i.test(one)) jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      html: await response.text(),
      headers: response.headers,
      setCookies,
    };
  }

  const visitor: Visitor = {
    cookies: jarOf(new URL(url)),
    get: (path) => ask(path, null),
    post: (path, fields) => ask(path, fields),
    submit: async (path, fields, action) => {
      const { html } = await ask(path, null);
      const found = formsIn(html).find((form) => action === undefined || form.action === action);
      if (found === undefined) throw new Error(`no form on ${path}:\n${html}`);
      return ask(found.action || path, { ...found.hidden, ...fields });
    },
    signIn: (login, password) => visitor.submit('/sign-in', { login, password }, '/sign-in'),
  };
  return visitor;
}

function formsIn(html: string): { action: string; hidden: Record<string, string> }[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', body = '']) => ({
    action: (/action="([^"]*)"/.exec(head)?.[1] ?? '').replaceAll('&amp;', '&'),
    hidden: Object.fromEntries(
      [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')],
      ),
    ),
  }));
}
