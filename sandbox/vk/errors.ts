/** VK's error numbers and texts (errors.json of the published schema). */
const texts: Record<number, string> = {
  1: 'Unknown error occurred',
  3: 'Unknown method passed',
  5: 'User authorization failed',
  6: 'Too many requests per second',
  7: 'Permission to perform this action is denied',
  8: 'Invalid request',
  9: 'Flood control',
  10: 'Internal server error',
  14: 'Captcha needed',
  15: 'Access denied',
  17: 'Validation required',
  18: 'User was deleted or banned',
  27: 'Group authorization failed',
  28: 'Application authorization failed',
  29: 'Rate limit reached',
  36: 'Method execution was interrupted due to timeout',
  100: 'One of the parameters specified was missing or invalid',
  113: 'Invalid user id',
  118: 'Invalid server',
  121: 'Invalid hash',
  125: 'Invalid group id',
  203: 'Access to group denied',
  211: "Access to wall's comment denied",
  212: 'Access to post comments denied',
  213: 'Access to status replies denied',
  222: 'Hyperlinks are forbidden',
  223: 'Too many replies',
};

/** An error VK answers with HTTP 200 and the `error` envelope. */
export class VkError extends Error {
  override readonly name = 'VkError';
  constructor(
    readonly code: number,
    detail?: string,
    /** Further fields of the envelope, such as `captcha_sid`. */
    readonly extra: Record<string, unknown> = {},
  ) {
    const text = texts[code] ?? 'Unknown error occurred';
    super(detail === undefined ? text : `${text}: ${detail}`);
  }
}

/** The body VK answers with: the token is never among the parameters it shows. */
export function errorEnvelope(error: VkError, method: string, params: Record<string, string>) {
  const shown = Object.entries(params).filter(([key]) => key !== 'access_token');
  return {
    error: {
      error_code: error.code,
      error_msg: error.message,
      request_params: [['method', method], ['oauth', '1'], ...shown].map(([key, value]) => ({
        key,
        value,
      })),
      ...error.extra,
    },
  };
}
