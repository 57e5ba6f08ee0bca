/** PostgreSQL stores no NUL, and half a surrogate pair is no text at all. */
export const isUnstorable = (text: string): boolean => text.includes("\0") || !text.isWellFormed();
