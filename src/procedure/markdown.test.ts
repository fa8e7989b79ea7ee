import { expect } from 'chai';
import fc from 'fast-check';
import { escapeMarkdown, quote } from './markdown.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'https://evil.example',
          'www.',
          'me@evil.example',
          '![',
          '](',
          'javascript:',
          '<img',
          '>',
        ],
        ...[
          '\n',
          '\r',
          '\r\n',
          '    ',
          '\t',
          '===',
          '---',
          '# ',
          '1. ',
          '```',
          '~~~',
          '&lt;',
          '&#60;',
        ],
        ...['|', 'яма', ' '],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** Our own signs taken away: line breaks, quotation marks and the entities. */
const bare = (shown: string) => shown.replaceAll(/&#\d+;/g, '').replaceAll(/^> /gm, '');

/** What a reader sees of a line. */
const seen = (shown: string) =>
  shown.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe('Markdown of what people wrote', () => {
  it('holds no sign that means something in Markdown or HTML', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const shown of [escapeMarkdown(given), quote(given)]) {
          expect(bare(shown)).not.to.match(/[\\`*_{}[\]()#+\-.!|~>&<:=@\r]/);
        }
      }),
    );
  });

  it('stays inside its quotation, without blocks of code', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const line of quote(given).split('\n')) expect(line).to.match(/^> ($|\S| *$)/);
      }),
    );
  });

  it('shows every letter', () => {
    fc.assert(
      fc.property(text, (given) => {
        const lines = given.split(/\r\n|\r|\n/).map((line) => line.replace(/^[ \t]+/, ' '));
        expect(seen(escapeMarkdown(given)).split('  \n')).to.deep.equal(
          lines.join('  \n').split('  \n'),
        );
      }),
    );
  });

  it('is cut between letters', () => {
    expect(quote('😀😀😀', 2, '…')).to.equal('> 😀😀…');
  });
});
