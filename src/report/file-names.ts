export const documentName = (month: string): string => `svodnye-dannye-${month}.docx`;
export const workbookName = (month: string): string => `svodnye-dannye-${month}.xlsx`;
