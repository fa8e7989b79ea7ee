import { uuidOf } from '../db/uuid-of.ts';

/**
 * The id of the message for a network's object: always the same, so that two monitors that find it at
 * once agree.
 */
export const messageId = (network: string, externalId: string): string =>
  uuidOf(`${network} ${externalId}`);
