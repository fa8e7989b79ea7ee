import { createHash } from 'node:crypto';

/**
 * An id made of what it stands for, so that whoever makes it makes the same: a UUID of version 8 (RFC 9562:
 * made by the application's own rule) over SHA-256.
 */
export function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
