import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';

const LINES = {
  none: { style: BorderStyle.NONE, size: 0, color: 'auto' },
  single: { style: BorderStyle.SINGLE, size: 4, color: '000000' },
};
/** Of the post, the signature and the name, with what is between them; percent. */
const SHARES = [46, 4, 20, 4, 26];
/** Half-points. */
const SMALL = 20;

/**
 * Post, signature, name and date at the end of a document: the registry holds posts, the name is written
 * by hand. `width` is that of the text, in twentieths of a point; `size` of its letters, in half-points.
 */
export function signature(
  signer: string,
  { width, size }: { width: number; size: number },
): (Paragraph | Table)[] {
  const columns = SHARES.map((share) => Math.round((width * share) / 100));
  const row = (texts: string[], letters: number, lined: boolean) =>
    new TableRow({
      cantSplit: true,
      ...(lined && { height: { value: 400, rule: HeightRule.ATLEAST } }),
      children: texts.map(
        (text, column) =>
          new TableCell({
            width: { size: columns[column] ?? 0, type: WidthType.DXA },
            verticalAlign: VerticalAlign.BOTTOM,
            borders: {
              top: LINES.none,
              left: LINES.none,
              right: LINES.none,
              bottom: lined && (column === 2 || column === 4) ? LINES.single : LINES.none,
            },
            children: [
              new Paragraph({
                keepNext: true,
                alignment: column === 0 ? AlignmentType.LEFT : AlignmentType.CENTER,
                children: [new TextRun({ text, size: letters })],
              }),
            ],
          }),
      ),
    });
  return [
    new Paragraph({ spacing: { before: 720 }, keepNext: true, children: [] }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: width, type: WidthType.DXA },
      columnWidths: columns,
      rows: [
        row([signer, '', '', '', ''], size, true),
        row(['', '', '(подпись)', '', '(инициалы, фамилия)'], SMALL, false),
      ],
    }),
    new Paragraph({
      spacing: { before: 240 },
      children: [new TextRun('«___» ______________ 20___ года')],
    }),
  ];
}
