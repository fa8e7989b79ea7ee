import { AnswerEntity, type Answer } from '../../src/db/entities/answer.ts';
import { AssignmentEntity, type Assignment } from '../../src/db/entities/assignment.ts';
import { AuditEntryEntity } from '../../src/db/entities/audit.ts';
import { DeadlineEntity, type Deadline } from '../../src/db/entities/deadline.ts';
import { DraftEntity, type Draft } from '../../src/db/entities/draft.ts';
import { MessageEntity, type Message } from '../../src/db/entities/message.ts';
import { PublicationEntity, type Publication } from '../../src/db/entities/publication.ts';
import { ShortcomingEntity, type Shortcoming } from '../../src/db/entities/shortcoming.ts';
import type { System } from './system.ts';

/** A message in work: what the database and the engine have of it. */
export class MessageInWork {
  readonly #system: System;
  readonly id: string;
  readonly url: string;
  /** Key of its process instance. */
  readonly instance: string;

  constructor(system: System, row: Message) {
    this.#system = system;
    this.id = row.id;
    this.url = row.url;
    this.instance = row.processInstanceKey ?? '';
  }

  row = (): Promise<Message> => this.#repository(MessageEntity).findOneByOrFail({ id: this.id });

  /** In the order in which they were given. */
  assignments = (): Promise<Assignment[]> =>
    this.#repository(AssignmentEntity).find({
      where: { messageId: this.id },
      order: { receivedAt: 'ASC', agencyCode: 'ASC' },
    });

  /** The latest assignment of an agency. */
  async assignment(agency: string): Promise<Assignment> {
    const found = (await this.assignments())
      .filter(({ agencyCode }) => agencyCode === agency)
      .at(-1);
    if (!found) throw new Error(`${agency} has no assignment`);
    return found;
  }

  clocks = (kind: Deadline['kind']): Promise<Deadline[]> =>
    this.#repository(DeadlineEntity).find({
      where: { messageId: this.id, kind },
      order: { startedAt: 'ASC' },
    });

  /** The latest clock of a kind, of one agency if there are several. */
  async clock(kind: Deadline['kind'], agency?: string): Promise<Deadline> {
    const clocks = (await this.clocks(kind)).filter((one) => !agency || one.agencyCode === agency);
    const found = clocks.at(-1);
    if (!found) throw new Error(`no clock of ${kind}`);
    return found;
  }

  async drafts(agency: string): Promise<Draft[]> {
    const { id } = await this.assignment(agency);
    return this.#repository(DraftEntity).find({
      where: { assignmentId: id },
      order: { version: 'ASC' },
    });
  }

  answers = (): Promise<Answer[]> =>
    this.#repository(AnswerEntity).find({
      where: { messageId: this.id },
      order: { version: 'ASC' },
    });

  publications = (): Promise<Publication[]> =>
    this.#repository(PublicationEntity).find({
      where: { messageId: this.id },
      order: { reservedAt: 'ASC' },
    });

  shortcomings = (): Promise<Shortcoming[]> =>
    this.#repository(ShortcomingEntity).find({
      where: { messageId: this.id },
      order: { openedAt: 'ASC' },
    });

  /** Its history, line by line. */
  async history(): Promise<string[]> {
    const lines = await this.#repository(AuditEntryEntity).find({
      where: { messageId: this.id },
      order: { at: 'ASC' },
    });
    return lines.map(({ subject, action }) => `${subject}: ${action}`);
  }

  /** Elements of its process that were passed. */
  passed = (): string[] => this.#system.view.passed(this.instance);

  /** Whether its process has ended. */
  hasEnded = (): boolean => this.#system.view.hasEnded(this.instance);

  #repository: System['db']['getRepository'] = (entity) => this.#system.db.getRepository(entity);
}
