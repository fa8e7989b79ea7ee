/** OK's error numbers and names (apiok.ru, «Ошибки»). */
const names: Record<number, string> = {
  1: 'UNKNOWN : Unknown error',
  2: 'SERVICE : Service temporary unavailable',
  3: 'METHOD : Method does not exist',
  4: 'REQUEST : Failed to process request',
  7: 'ACTION_BLOCKED : Requested action is temporarily blocked for current user',
  8: 'FLOOD_BLOCKED : The execution of method is blocked due to flood',
  9: 'IP_BLOCKED : The execution of method is blocked by IP-address',
  10: 'PERMISSION_DENIED : User must grant an access to permission',
  11: 'LIMIT_REACHED : Method invocation limit reached',
  50: 'NOT_ADMIN : User has no administrative permissions',
  100: 'PARAM : Missing or invalid parameter',
  101: 'PARAM_API_KEY : No application key',
  102: 'PARAM_SESSION_EXPIRED : Session expired',
  103: 'PARAM_SESSION_KEY : Invalid session key',
  104: 'PARAM_SIGNATURE : Invalid signature',
  106: 'PARAM_ENTITY_ID : Invalid entity id',
  141: 'PARAM_COMMENT_ID : Invalid comment id',
  160: 'PARAM_GROUP_ID : Invalid group id',
  200: 'PARAM_PERMISSION : Application cannot perform the operation',
  300: 'NOT_FOUND : No information found',
  403: 'AUTH_LOGIN_WEB_HUMAN_CHECK : Human check required',
  453: 'SESSION_REQUIRED : No session key specified',
  454: 'CENSOR_MATCH : Text rejected by censor',
  456: 'GROUP_RESTRICTION : The group has restricted this operation',
  503: 'PHOTO_INVALID_FORMAT : Image format is invalid',
  500: 'PHOTO_SIZE_LIMIT_EXCEEDED : Image size limit exceeded',
  505: 'PHOTO_NO_IMAGE : Image is missing in the request',
  511: 'IDS_BLOCKED : Antispam check failed',
  514: 'IDS_SESSION_VERIFICATION_REQUIRED : User must pass verification',
  600: 'MEDIA_TOPIC_BLOCK_LIMIT : Too many media parameters',
  601: 'MEDIA_TOPIC_TEXT_LIMIT : Text length limit reached',
  700: 'COMMENT_NOT_FOUND : Comment not found',
  9999: 'SYSTEM : Critical system error',
};

/** An error OK answers with HTTP 200 and `error_code`. */
export class OkError extends Error {
  override readonly name = 'OkError';
  constructor(
    readonly code: number,
    detail?: string,
  ) {
    const text = names[code] ?? 'UNKNOWN : Unknown error';
    super(detail === undefined ? text : `${text} : ${detail}`);
  }
}

export function errorEnvelope(error: OkError) {
  return { error_code: error.code, error_msg: error.message, error_data: null };
}
