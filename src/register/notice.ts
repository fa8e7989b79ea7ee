import {
  AlignmentType,
  Document,
  LineRuleType,
  Packer,
  Paragraph,
  TextRun,
  convertMillimetersToTwip as mm,
} from 'docx';
import type { Evidence } from '../discipline/evidence.ts';
import { signature } from '../office/signature.ts';
import { unbroken } from '../office/unbroken.ts';
import { excerptLine } from '../procedure/excerpt-line.ts';
import { dative } from '../report/words.ts';

/** What the notice says, in plain text; page and document show the same. */
export interface Notice {
  /** Post of the deputy governor, in the dative where it is known. */
  addressee: string;
  title: string;
  body: string[];
  facts: Evidence['facts'];
  signer: string;
}

/** More would not fit the one page; the whole is on the shortcoming's page. */
const LONGEST_FACT = 700;
const FONT = 'Times New Roman';
/** Half-points. */
const TEXT = 26;
/** Of the page between the margins. */
const WIDTH = mm(210 - 30 - 10);

/** The notice to the deputy governor who supervises the agency (clause 13). */
export function noticeOf(
  evidence: Evidence,
  given: { supervisorPost: string; signerPost: string; repeated: string | null },
): Notice {
  const { facts, message } = evidence;
  const { supervisorPost, signerPost, repeated } = given;
  return {
    addressee: dative(supervisorPost) ?? supervisorPost,
    title: 'Уведомление о недостатке в работе с информацией в социальных сетях',
    body: [
      'В соответствии с пунктом 13 Порядка организации работы органов исполнительной власти с общедоступной информацией, размещённой в социальных сетях, сообщаем о выявленном недостатке.',
      'Просим организовать его устранение и рассмотреть вопрос об ответственности исполнителя.',
    ],
    facts: [
      ...facts.map(([label, value]): [string, string] => [label, excerptLine(value, LONGEST_FACT)]),
      ...(repeated === null ? [] : [['Повторность', repeated] as [string, string]]),
      ['Сообщение', message.url],
    ],
    signer: signerPost,
  };
}

/** The notice as a document of one page, DOCX. */
export function noticeDocument({ addressee, title, body, facts, signer }: Notice): Promise<Buffer> {
  const document = new Document({
    title,
    styles: {
      default: { document: { run: { font: FONT, size: TEXT, language: { value: 'ru-RU' } } } },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { left: mm(30), right: mm(10), top: mm(20), bottom: mm(20) },
          },
        },
        children: [
          new Paragraph({
            indent: { left: mm(80) },
            spacing: { after: 480 },
            children: [new TextRun(addressee)],
          }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 360 },
            children: [new TextRun({ text: title, bold: true })],
          }),
          ...body.slice(0, 1).map(sentence),
          ...facts.map(
            ([label, value]) =>
              new Paragraph({
                spacing: { before: 60, after: 60 },
                children: [
                  new TextRun({ text: `${label}: `, bold: true }),
                  new TextRun(unbroken(value.replace(/\s+/g, ' '))),
                ],
              }),
          ),
          ...body.slice(1).map(sentence),
          ...signature(signer, { width: WIDTH, size: TEXT }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const sentence = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: { firstLine: mm(12.5) },
    spacing: { line: 300, lineRule: LineRuleType.AUTO, before: 60, after: 60 },
    children: [new TextRun(unbroken(text))],
  });
