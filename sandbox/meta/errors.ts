import { randomBytes } from 'node:crypto';

/** Error numbers and texts of the Graph API, with the HTTP status each comes with. */
const known: Record<number, { status: number; text: string }> = {
  1: { status: 500, text: 'An unknown error occurred' },
  2: { status: 500, text: 'An unexpected error has occurred. Please retry your request later.' },
  4: { status: 403, text: 'Application request limit reached' },
  10: { status: 403, text: 'Application does not have permission for this action' },
  17: { status: 400, text: 'User request limit reached' },
  32: { status: 403, text: 'Page request limit reached' },
  100: { status: 400, text: 'Invalid parameter' },
  102: { status: 401, text: 'Session key invalid or no longer valid' },
  104: { status: 400, text: 'An access token is required to request this resource.' },
  190: { status: 400, text: 'Invalid OAuth access token - Cannot parse access token' },
  200: { status: 403, text: 'Permissions error' },
  368: {
    status: 400,
    text: 'The action attempted has been deemed abusive or is otherwise disallowed',
  },
  506: { status: 400, text: 'Duplicate status message' },
  613: { status: 400, text: 'Calls to this api have exceeded the rate limit.' },
  803: { status: 404, text: 'Some of the aliases you requested do not exist' },
  2635: { status: 400, text: 'You are calling a deprecated version of the API' },
};

/** An error that the Graph API answers with its envelope. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  constructor(
    readonly code: number,
    detail?: string,
    readonly subcode?: number,
  ) {
    super(`(#${code}) ${detail ?? known[code]?.text ?? 'An unknown error occurred'}`);
    this.status = known[code]?.status ?? 400;
  }

  envelope() {
    const oauth = [100, 102, 104, 190, 200, 10].includes(this.code);
    return {
      error: {
        message: this.message,
        type: oauth ? 'OAuthException' : 'GraphMethodException',
        code: this.code,
        ...(this.subcode !== undefined && { error_subcode: this.subcode }),
        ...([1, 2].includes(this.code) && { is_transient: true }),
        fbtrace_id: randomBytes(8).toString('base64url'),
      },
    };
  }
}

/** What is said of an object that is not there and of one that may not be seen. */
export function noObject(id: string, method = 'get'): GraphError {
  const text = `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return new GraphError(100, text, 33);
}
