import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Tx } from '../db/data-source.ts';
import type { MonthlyRow, MonthlyRows, MonthlySnapshot, Sheet } from '../procedure/monthly.ts';
import { nameIn } from './names.ts';
import { sheets } from './sheets.ts';

/**
 * The rows behind the figures of `[from, to)`, in the order in which they happened: each figure of
 * clause 14 is a count of them. Nothing of the messages' authors but the address of the message.
 */
export async function monthlyRows(
  tx: Tx,
  from: Date,
  to: Date,
  names: MonthlySnapshot['names'],
): Promise<MonthlyRows> {
  const read = {} as MonthlyRows;
  for (const sheet of sheets) {
    const found = await tx.query<{ row: MonthlyRow }[]>(
      `select row_to_json(t) as row from (${SQL[sheet]}) t`,
      [from, to],
    );
    read[sheet] = found.map(({ row }) => row);
  }
  const named = nameIn(names);
  for (const row of [...read.messages, ...read.publications]) {
    row['network'] = named('network', row['network']);
  }
  for (const row of read.messages) {
    row['topic'] = named('topic', row['topic']);
    row['municipality'] = named('municipality', row['municipality']);
    row['kind'] = named('kind', row['kind']);
    row['status'] = STATUSES[String(row['status'])] ?? row['status'] ?? null;
  }
  for (const row of [...read.returns, ...read.measures]) {
    row['decision'] = DECISIONS[(row['decision'] ?? 'none') as keyof typeof DECISIONS];
  }
  for (const row of read.shortcomings) {
    row['kind'] = row['kind'] === 'deadline' ? 'Срок' : 'По существу';
  }
  return read;
}

/** As the database keeps them. */
export const packRows = (rows: MonthlyRows): Promise<Buffer> =>
  promisify(gzip)(JSON.stringify(rows));

export const unpackRows = async (packed: Buffer): Promise<MonthlyRows> =>
  JSON.parse((await promisify(gunzip)(packed)).toString('utf8')) as MonthlyRows;

const STATUSES: Record<string, string> = {
  detected: 'Выявлено',
  triage: 'На рассмотрении',
  assigned: 'Готовится ответ',
  review: 'Проверяется ответ',
  answered: 'Ответ размещён',
  closed: 'Закрыто без ответа',
  withdrawn: 'Снято с рассмотрения',
};

/** Of the curator on a return (clause 5), of the deputy governor on a shortcoming (clause 13). */
export const DECISIONS = {
  none: 'Не принято',
  redirect: 'Принят, передано другому органу',
  drop: 'Принят, поручение снято',
  refuse: 'Отказано',
  instruction: 'Поручение об устранении',
  measure: 'Мера дисциплинарного воздействия',
  unfounded: 'Не подтвердился',
} as const;

const OF_AGENCY = `a.agency_code as agency, m.url, g.short_name as "agencyName", o.post as executor`;
const JOINS = `join message m on m.id = a.message_id join agency g on g.code = a.agency_code
  left join official o on o.login = a.executor`;

const SQL: Record<Sheet, string> = {
  messages: `
    select m.id, null as agency, m.url, m.network, m.detected_at as "detectedAt",
      m.triaged_at as at, m.topic, m.municipality, m.subject_kind as kind, m.status
    from message m
    where m.triaged_at >= $1 and m.triaged_at < $2 and m.status not in ('not-relevant', 'duplicate')
    order by m.triaged_at, m.id`,
  publications: `
    select p.message_id as id, null as agency, m.url, m.network, p.published_at as at, p.permalink,
      p.manual
    from publication p join message m on m.id = p.message_id
    where p.status = 'published' and p.published_at >= $1 and p.published_at < $2
    order by p.published_at, p.id`,
  assignments: `
    select a.id, ${OF_AGENCY}, a.received_at as at,
      (select min(c.due_at) from deadline c
       where c.assignment_id = a.id and c.kind = 'draft') as "dueAt"
    from assignment a ${JOINS}
    where a.received_at >= $1 and a.received_at < $2 order by a.received_at, a.id`,
  drafts: `
    select d.id, ${OF_AGENCY}, a.received_at as "receivedAt", c.due_at as "dueAt",
      d.submitted_at as at, coalesce(d.submitted_at <= c.due_at, true) as "inTime",
      case when d.submitted_at > c.due_at
        then floor(extract(epoch from d.submitted_at - c.due_at) * 1000)::float end as "latenessMs"
    from draft d join assignment a on a.id = d.assignment_id ${JOINS}
    left join deadline c on c.assignment_id = a.id and c.kind = 'draft'
    where d.version = 1 and d.submitted_at >= $1 and d.submitted_at < $2
    order by d.submitted_at, d.id`,
  misses: `
    select a.id, ${OF_AGENCY}, a.started_at as "startedAt", a.missed_at as at,
      a.stopped_at is null or a.stopped_at >= $2 as outstanding
    from deadline a ${JOINS}
    where a.kind = 'draft' and a.missed_at >= $1 and a.missed_at < $2 order by a.missed_at, a.id`,
  returns: `
    select r.id, ${OF_AGENCY}, a.received_at as "receivedAt", r.returned_at as at, r.late,
      r.grounds, r.decision
    from return_request r join assignment a on a.id = r.assignment_id ${JOINS}
    where r.returned_at >= $1 and r.returned_at < $2 order by r.returned_at, r.id`,
  reworks: `
    select a.id, ${OF_AGENCY}, a.started_at as at, a.due_at as "dueAt",
      a.missed_at is not null as missed
    from deadline a ${JOINS}
    where a.kind = 'rework' and a.started_at >= $1 and a.started_at < $2
    order by a.started_at, a.id`,
  shortcomings: `
    select a.id, ${OF_AGENCY}, a.opened_at as at, a.kind, a.description
    from shortcoming a ${JOINS}
    where a.opened_at >= $1 and a.opened_at < $2 and coalesce(a.decision, '') <> 'unfounded'
      and a.withdrawn_at is null
    order by a.opened_at, a.id`,
  measures: `
    select a.id, ${OF_AGENCY}, a.opened_at as "openedAt", a.decided_at as at, a.decision,
      a.decision_text as "decisionText"
    from shortcoming a ${JOINS}
    where a.decided_at >= $1 and a.decided_at < $2 and a.decision in ('instruction', 'measure')
      and a.withdrawn_at is null
    order by a.decided_at, a.id`,
};
