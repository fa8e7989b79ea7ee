/** An answer that is not a success, in X's words. */
export class XError extends Error {
  override readonly name = 'XError';
  constructor(
    readonly status: number,
    /** The problem as X writes it. */
    readonly body: Record<string, unknown>,
    readonly headers: Record<string, string> = {},
  ) {
    super(String(body['detail'] ?? body['title']));
  }
}

const PROBLEMS = 'https://api.twitter.com/2/problems';

export function unauthorized(): XError {
  const detail = 'Unauthorized';
  return new XError(401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail });
}

export function forbidden(detail: string): XError {
  return new XError(403, { detail, type: 'about:blank', title: 'Forbidden', status: 403 });
}

/** `parameters` are those that are wrong, with what was given. */
export function invalid(message: string, parameters: Record<string, unknown> = {}): XError {
  const given = Object.entries(parameters).map(([key, value]) => [key, [String(value)]]);
  return new XError(400, {
    errors: [{ parameters: Object.fromEntries(given) as unknown, message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${PROBLEMS}/invalid-request`,
  });
}

export function tooMany(headers: Record<string, string>): XError {
  const body = { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank' };
  return new XError(429, { ...body, status: 429 }, headers);
}

/** What a success says of a post that is not there. */
export function notFound(id: string) {
  return {
    value: id,
    detail: `Could not find tweet with ids: [${id}].`,
    title: 'Not Found Error',
    resource_type: 'tweet',
    parameter: 'ids',
    resource_id: id,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

export const DUPLICATE = 'You are not allowed to create a Tweet with duplicate content.';
export const NOT_MENTIONED =
  'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.';
export const RESTRICTED = 'The original Tweet author restricted who can reply to this Tweet.';
export const GONE = 'You attempted to reply to a Tweet that is deleted or not visible to you.';
export const TOO_LONG =
  'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.';
export const AUTOMATED =
  "This request looks like it might be automated. To protect our users from spam and other malicious activity, we can't complete this action right now. Please try again later.";
