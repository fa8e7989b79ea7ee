import 'reflect-metadata';
import { DataSource, DefaultNamingStrategy, type EntityManager } from 'typeorm';
import { AccountEntity } from './entities/account.ts';
import { InputError } from '../errors.ts';
import { AgencyEntity } from './entities/agency.ts';
import { AnswerEntity } from './entities/answer.ts';
import { ApiTokenEntity } from './entities/api-token.ts';
import { AssignmentEntity } from './entities/assignment.ts';
import { AttachmentEntity } from './entities/attachment.ts';
import { AuditEntryEntity } from './entities/audit.ts';
import { DeadlineEntity } from './entities/deadline.ts';
import { DraftEntity } from './entities/draft.ts';
import { MessageEntity } from './entities/message.ts';
import { MonthlyCorrectionEntity } from './entities/monthly-correction.ts';
import { MonthlyReportEntity } from './entities/monthly-report.ts';
import { NetworkSwitchEntity } from './entities/network-switch.ts';
import { OfficialEntity } from './entities/official.ts';
import { OutboxAttachmentEntity } from './entities/outbox-attachment.ts';
import { OutboxEntryEntity } from './entities/outbox.ts';
import { PollCursorEntity } from './entities/poll-cursor.ts';
import { ProcessStartEntity } from './entities/process-start.ts';
import { PublicationEntity } from './entities/publication.ts';
import { RegionEntity } from './entities/region.ts';
import { RegistryVersionEntity } from './entities/registry-version.ts';
import { ReturnRequestEntity } from './entities/return-request.ts';
import { ReviewDecisionEntity } from './entities/review-decision.ts';
import { ShortcomingEntity } from './entities/shortcoming.ts';
import { SurgeEntity } from './entities/surge.ts';
import { UrgentReportEntity } from './entities/urgent-report.ts';
import { migrate } from './migrate.ts';
import { Procedure1764000000000 } from './migrations/1764000000000-procedure.ts';
import { Attachments1764100000000 } from './migrations/1764100000000-attachments.ts';
import { Api1764200000000 } from './migrations/1764200000000-api.ts';
import { Access1764500000000 } from './migrations/1764500000000-access.ts';
import { ProcessStartKey1764600000000 } from './migrations/1764600000000-process-start-key.ts';
import { MonthlySnapshot1764800000000 } from './migrations/1764800000000-monthly-snapshot.ts';
import { Repeats1765000000000 } from './migrations/1765000000000-repeats.ts';
import { Templates1765010000000 } from './migrations/1765010000000-templates.ts';
import { Discipline1765100000000 } from './migrations/1765100000000-discipline.ts';
import { Surges1765200000000 } from './migrations/1765200000000-surges.ts';
import { RegistryVersions1765210000000 } from './migrations/1765210000000-registry-versions.ts';
import { FiguresByMonth1765300000000 } from './migrations/1765300000000-figures-by-month.ts';
import { LikenessAtOnce1765350000000 } from './migrations/1765350000000-likeness-at-once.ts';
import { RegistryStamp1765400000000 } from './migrations/1765400000000-registry-stamp.ts';
import { Sketches1765500000000 } from './migrations/1765500000000-sketches.ts';
import { FiguresOfAssigned1765600000000 } from './migrations/1765600000000-figures-of-assigned.ts';
import { FiguresThatCount1765700000000 } from './migrations/1765700000000-figures-that-count.ts';
import { OfOneMessage1765710000000 } from './migrations/1765710000000-of-one-message.ts';
import { Trigrams1765720000000 } from './migrations/1765720000000-trigrams.ts';
import { WordsOfMessages1765800000000 } from './migrations/1765800000000-words-of-messages.ts';
import { patience, sessionSettings } from './session.ts';
import { Dashboard1764700000000 } from './migrations/1764700000000-dashboard.ts';

export type Database = DataSource;
/** A transaction's view of the database, or the database itself. */
export type Tx = EntityManager;

class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/** A database that is not connected yet. `url` is a `postgresql://` address. */
export function createDatabase(url: string): Database {
  return new DataSource({
    type: 'postgres',
    url,
    namingStrategy: new SnakeCase(),
    migrations: [
      Procedure1764000000000,
      Attachments1764100000000,
      Api1764200000000,
      Access1764500000000,
      ProcessStartKey1764600000000,
      Dashboard1764700000000,
      MonthlySnapshot1764800000000,
      Repeats1765000000000,
      Templates1765010000000,
      Discipline1765100000000,
      Surges1765200000000,
      RegistryVersions1765210000000,
      FiguresByMonth1765300000000,
      LikenessAtOnce1765350000000,
      RegistryStamp1765400000000,
      Sketches1765500000000,
      FiguresOfAssigned1765600000000,
      FiguresThatCount1765700000000,
      OfOneMessage1765710000000,
      Trigrams1765720000000,
      WordsOfMessages1765800000000,
    ],
    migrationsTransactionMode: 'each',
    extra: sessionSettings(patience),
    entities: [
      RegionEntity,
      RegistryVersionEntity,
      NetworkSwitchEntity,
      OfficialEntity,
      AgencyEntity,
      MessageEntity,
      AssignmentEntity,
      DeadlineEntity,
      DraftEntity,
      ReturnRequestEntity,
      AnswerEntity,
      ReviewDecisionEntity,
      PublicationEntity,
      ShortcomingEntity,
      SurgeEntity,
      UrgentReportEntity,
      MonthlyReportEntity,
      MonthlyCorrectionEntity,
      ProcessStartEntity,
      OutboxEntryEntity,
      OutboxAttachmentEntity,
      PollCursorEntity,
      AuditEntryEntity,
      AccountEntity,
      ApiTokenEntity,
      AttachmentEntity,
    ],
  });
}

/**
 * Connects to PostgreSQL and brings the schema up to date. After a failure it may be called again.
 * @throws InputError when the address is wrong or the schema is newer than this version.
 */
export async function connectDatabase(db: Database): Promise<void> {
  await db.initialize().catch(refused);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** `connectDatabase` for a database at `url`. */
export async function openDatabase(url: string): Promise<Database> {
  const db = createDatabase(url);
  await connectDatabase(db);
  return db;
}

/** Wrong user, wrong password, no such database: PostgreSQL is there, and waiting would not help. */
const REFUSALS = new Set(['28000', '28P01', '3D000', '42501']);

function refused(error: Error & { code?: string }): never {
  if (error.code === undefined || !REFUSALS.has(error.code)) throw error;
  throw new InputError(`DATABASE_URL: PostgreSQL refuses the connection: ${error.message}`, {
    cause: error,
  });
}
