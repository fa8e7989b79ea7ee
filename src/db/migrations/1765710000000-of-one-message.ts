import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What belongs to one message is found without looking through that of all others. */
export class OfOneMessage1765710000000 implements MigrationInterface {
  name = 'OfOneMessage1765710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index publication_message on publication (message_id);
      create index review_decision_message on review_decision (message_id);
      create index return_request_assignment on return_request (assignment_id);
      create index urgent_report_message on urgent_report (message_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index publication_message, review_decision_message, return_request_assignment,
        urgent_report_message`);
  }
}
