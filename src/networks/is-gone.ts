import DataLoader from 'dataloader';
import type { Network } from './port.ts';

/** Whether an object is not there any more. False also when the network does not tell: the publishing call will. */
export type IsGone = (externalId: string) => Promise<boolean>;

/** Objects that are asked about at the same time are looked up together: a token has few calls a second. */
export function createIsGone(lookUp: Network['lookUp']): IsGone {
  const looks = new DataLoader<string, boolean>(
    async (externalIds) => {
      const there = await lookUp(externalIds);
      return externalIds.map((it) => there.get(it)?.deleted === true);
    },
    { cache: false },
  );
  return (externalId) => looks.load(externalId).catch(() => false);
}
