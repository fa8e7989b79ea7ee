/** A kind of file that answers may carry. */
export interface Media {
  type: string;
  /** As people call it. */
  name: string;
  /** How its files end; the first is given to a file without an ending. */
  endings: readonly string[];
  /** Whether browsers show it as a picture or play it, and do nothing else with it. */
  shown: 'picture' | 'video' | null;
}

export const MEDIA: readonly Media[] = [
  { type: 'image/jpeg', name: 'JPEG', endings: ['jpg', 'jpeg', 'jpe', 'jfif'], shown: 'picture' },
  { type: 'image/png', name: 'PNG', endings: ['png'], shown: 'picture' },
  { type: 'image/gif', name: 'GIF', endings: ['gif'], shown: 'picture' },
  // Phones name one and the same container either way.
  { type: 'video/mp4', name: 'MP4', endings: ['mp4', 'm4v', 'mov'], shown: 'video' },
  { type: 'video/quicktime', name: 'MOV', endings: ['mov', 'mp4'], shown: null },
  { type: 'video/webm', name: 'WebM', endings: ['webm'], shown: 'video' },
];

/** The kind with this media type. Throws for a type that no attachment has. */
export function mediaOf(type: string): Media {
  const media = MEDIA.find((it) => it.type === type);
  if (media === undefined) throw new Error(`no attachment is ${type}`);
  return media;
}
