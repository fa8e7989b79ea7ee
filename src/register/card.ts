import type { Tx } from '../db/data-source.ts';
import { ShortcomingEntity, type Shortcoming } from '../db/entities/shortcoming.ts';
import { evidenceTime } from '../discipline/evidence-time.ts';
import { evidenceOf, type Evidence } from '../discipline/evidence.ts';
import type { Calendars } from '../registry/calendars.ts';
import { officialByLogin, regionSettings } from '../registry/queries.ts';
import { noticeOf, type Notice } from './notice.ts';
import { REPEATED_WITHIN_DAYS } from './query.ts';

/** Everything that the page of one shortcoming and its notice tell (clauses 12, 13). */
export interface Card {
  evidence: Evidence;
  notice: Notice;
  /** Others of the same executor within the days before, the latest first. */
  earlier: Pick<Shortcoming, 'id' | 'description' | 'openedAt' | 'status'>[];
}

/**
 * Reads a shortcoming, its evidence as it stood when it was gathered for the deputy governor, or as it
 * stands at `now` before that.
 */
export async function readCard(
  tx: Tx,
  calendars: Calendars,
  { id, executor, supervisor, openedAt }: Shortcoming,
  now: Date,
): Promise<Card> {
  const evidence = await evidenceOf(tx, calendars, id, (await evidenceTime(tx, id)) ?? now);
  const postOf = async (login: string) => (await officialByLogin(tx, login))?.post ?? login;
  const earlier = await tx
    .createQueryBuilder(ShortcomingEntity, 's')
    .where('s.executor = :executor and s.id <> :id', { executor, id })
    .andWhere(`s.openedAt > cast(:openedAt as timestamptz) - make_interval(days => :days)`, {
      openedAt,
      days: REPEATED_WITHIN_DAYS,
    })
    .andWhere(`s.openedAt <= :openedAt and s.status not in ('withdrawn', 'unfounded')`)
    .orderBy('s.openedAt', 'DESC')
    .getMany();
  const { departmentHead } = await regionSettings(tx);
  const notice = noticeOf(evidence, {
    supervisorPost: await postOf(supervisor),
    signerPost: await postOf(departmentHead),
    repeated:
      earlier.length === 0
        ? null
        : `за ${REPEATED_WITHIN_DAYS} дней до этого у исполнителя недостатков: ${earlier.length}`,
  });
  return { evidence, notice, earlier };
}
