/** Whether PostgreSQL can store the text: no U+0000, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !loneSurrogate.test(text);
}

/** The text with a mark in place of what PostgreSQL cannot store. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(new RegExp(loneSurrogate, 'g'), '\ufffd');
}

/**
 * The text in its composed form (NFC). Composing sorts the marks of a letter, in a time that grows with
 * the square of their number, so a text with more marks in a row than any language writes is left as
 * it is.
 */
export function composed(text: string): string {
  return tooManyMarks.test(text) ? text : text.normalize('NFC');
}

/**
 * The one form of an id that another system issued: without blanks around it, composed (NFC). "4711
 * " and "4711" are one ticket, and so are the two ways to write "é".
 */
export function tidyId(text: string): string {
  return composed(text).trim();
}

/** The ids as they were sent and in their one form: rows of earlier releases have either. */
export function spellingsOf(ids: readonly string[]): string[] {
  return [...new Set(ids.flatMap((id) => [id, tidyId(id)]))];
}

/**
 * Whether a text can be shown as a name: one line, nothing that changes the direction or the meaning
 * of the text around it, and at least one character that is visible.
 */
export function isName(text: string): boolean {
  return !notInNames.test(text) && visible.test(text);
}

/** Unicode calls 30 in a row safe (Standard Annex 15, "Stream-Safe Text Format"). */
const tooManyMarks = /\p{M}{31}/u;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** Controls, line and paragraph separators, direction marks and overrides, interlinear annotations. */
const notInNames = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufff9-\ufffb]/u;
/** U+2800 is a symbol without dots; the Hangul fillers are letters that are never drawn. */
const visible = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
