import type { CookieOptions, Request, Response } from 'express';

/** A cookie of ours: not read by scripts, not sent by other sites' forms. */
export interface Cookie {
  read: (request: Request) => string | null;
  /** `seconds`: how long it lives; null: until the browser is closed. */
  write: (response: Response, value: string, seconds?: number | null) => void;
  clear: (response: Response) => void;
}

/**
 * `secure`: the pages are reached over https; then the name tells the browser that no other host and
 * no unencrypted page may have set it.
 */
export function createCookie(name: string, secure: boolean): Cookie {
  const fullName = secure ? `__Host-${name}` : name;
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  return {
    read: (request) => valueOf(request.headers.cookie ?? '', fullName),
    write: (response, value, seconds = null) => {
      const life = seconds === null ? {} : { maxAge: seconds * 1000 };
      response.cookie(fullName, value, { ...options, ...life });
    },
    clear: (response) => {
      response.clearCookie(fullName, options);
    },
  };
}

function valueOf(header: string, name: string): string | null {
  const pairs = header.split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return found || null;
}
