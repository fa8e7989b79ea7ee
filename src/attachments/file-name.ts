const LONGEST = 100;
/** Control characters, those that turn the direction of writing, and what file systems refuse. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Co}\p{Surrogate}<>:"|?*]/gu;

/** The name of a file as people see it: no folders, nothing invisible, at most 100 characters. */
export function fileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replace(UNWANTED, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (name === '') return 'файл';
  const [stem, ending] = inTwo(name);
  return (
    Array.from(stem)
      .slice(0, LONGEST - ending.length)
      .join('') + ending
  );
}

/** The ending in small letters without its dot; null for none. */
export function endingOf(name: string): string | null {
  return inTwo(name)[1].slice(1).toLowerCase() || null;
}

/** `name`, or the same with a number, so that `taken` has no such name. */
export function freeName(name: string, taken: readonly string[]): string {
  const [stem, ending] = inTwo(name);
  let free = name;
  for (let number = 2; taken.includes(free); number += 1) free = `${stem} (${number})${ending}`;
  return free;
}

/** An ending is a dot and up to ten letters or digits; the stem is never empty. */
function inTwo(name: string): [stem: string, ending: string] {
  const ending = /(?<=.)\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return [name.slice(0, name.length - ending.length), ending];
}
