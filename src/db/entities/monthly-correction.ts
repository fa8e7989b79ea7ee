import { EntitySchema } from 'typeorm';

/** A figure of a closed month changed by later facts, told in the document of `shownIn` (clause 14). */
export interface MonthlyCorrectionRow {
  shownIn: string;
  month: string;
  figure: string;
  name: string;
  before: string;
  after: string;
  facts: string[];
  foundAt: Date;
}

export const MonthlyCorrectionEntity = new EntitySchema<MonthlyCorrectionRow>({
  name: 'MonthlyCorrection',
  tableName: 'monthly_correction',
  columns: {
    shownIn: { type: 'text', primary: true },
    month: { type: 'text', primary: true },
    figure: { type: 'text', primary: true },
    name: { type: 'text' },
    before: { type: 'bigint' },
    after: { type: 'bigint' },
    facts: { type: 'jsonb' },
    foundAt: { type: 'timestamptz' },
  },
});
