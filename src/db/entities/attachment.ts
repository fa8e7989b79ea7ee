import { EntitySchema } from 'typeorm';

/** A photo or video that an executor or a curator adds to an answer (clauses 7, 11). */
export interface AttachmentRow {
  id: string;
  messageId: string;
  /** The executor's assignment; null: the curator added it to the answer. */
  assignmentId: string | null;
  /** As people see it, unique among the files of its side. */
  name: string;
  /** By content. */
  mediaType: string;
  /** Bytes. */
  size: number;
  /** Of the bytes kept, in hex; null while they are being received. */
  sha256: string | null;
  uploadedBy: string;
  uploadedAt: Date;
  /** Whether its bytes are all in the storage. */
  stored: boolean;
  removedAt: Date | null;
  /** When the curator left an executor's file out of the answer. */
  leftOutAt: Date | null;
}

export const AttachmentEntity = new EntitySchema<AttachmentRow>({
  name: 'Attachment',
  tableName: 'attachment',
  columns: {
    id: { type: 'uuid', primary: true },
    messageId: { type: 'uuid' },
    assignmentId: { type: 'uuid', nullable: true },
    name: { type: 'text' },
    mediaType: { type: 'text' },
    size: { type: 'bigint', transformer: { from: Number, to: (size: number) => size } },
    sha256: { type: 'text', nullable: true },
    uploadedBy: { type: 'text' },
    uploadedAt: { type: 'timestamptz' },
    stored: { type: 'boolean' },
    removedAt: { type: 'timestamptz', nullable: true },
    leftOutAt: { type: 'timestamptz', nullable: true },
  },
});
