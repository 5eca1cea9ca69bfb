import { v7, validate } from 'uuid';

/** A new id, a UUIDv7. Its time is that of this process, so nothing is ever sorted by it. */
export function newId(): string {
  return v7();
}

/** Whether the text is a UUID, in the one spelling that the service writes. */
export function isId(text: string): boolean {
  return validate(text) && text === text.toLowerCase();
}

/** The id of nothing: below every other. */
export const nilId = '00000000-0000-0000-0000-000000000000';
