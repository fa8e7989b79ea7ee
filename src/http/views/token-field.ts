/** The hidden field that every form of a page carries. */
export const tokenField = (token: string): string =>
  `<input type="hidden" name="token" value="${token}">`;
