import { invalid } from './errors.ts';

/** What a query looks at. */
export interface Searched {
  /** The text as it was written. */
  text: string;
  /** Names without @, in small letters. */
  author: string;
  answered: string | null;
  conversation: string;
}

type Test = (tweet: Searched) => boolean;

/**
 * A search query: words side by side mean all of them, `OR` any, brackets group, `-` negates. Operators:
 * `from:`, `to:`, `@name`, `#tag`, `conversation_id:`, `is:retweet`, `is:reply`. XError 400 for others.
 */
export function parseQuery(query: string): Test {
  const tokens = query.match(/-?"[^"]*"|-?\(|\)|[^\s()]+/g) ?? [];
  let at = 0;

  function any(): Test {
    const options = [all()];
    while (tokens[at] === 'OR') {
      at += 1;
      options.push(all());
    }
    return (tweet) => options.some((test) => test(tweet));
  }
  function all(): Test {
    const tests: Test[] = [];
    for (let token = tokens[at]; token !== undefined && token !== ')' && token !== 'OR';) {
      tests.push(one(token));
      token = tokens[at];
    }
    if (tests.length === 0) throw wrong(query, 'an operand is missing');
    return (tweet) => tests.every((test) => test(tweet));
  }
  function one(token: string): Test {
    at += 1;
    if (token.startsWith('-') && token.length > 1) {
      const test = token === '-(' ? group() : term(token.slice(1), query);
      return (tweet) => !test(tweet);
    }
    return token === '(' ? group() : term(token, query);
  }
  function group(): Test {
    const test = any();
    if (tokens[at] !== ')') throw wrong(query, 'a bracket is missing');
    at += 1;
    return test;
  }

  const test = any();
  if (at < tokens.length) throw wrong(query, `unexpected ${tokens[at]}`);
  return test;
}

function term(token: string, query: string): Test {
  const [, operator, value = ''] = /^(\w+):(.+)$/.exec(token) ?? [];
  const small = value.toLowerCase();
  switch (operator) {
    case undefined:
      return words(token);
    case 'from':
      return ({ author }) => author === small;
    case 'to':
      return ({ answered }) => answered === small;
    case 'conversation_id':
      return ({ conversation }) => conversation === value;
    case 'is':
      if (value === 'retweet') return () => false;
      if (value === 'reply') return ({ answered }) => answered !== null;
      throw wrong(query, `unknown is:${value}`);
    default:
      throw wrong(query, `unknown operator ${operator}`);
  }
}

/** Whole words, whatever their case, as X cuts texts into words. */
function words(token: string): Test {
  const wanted = cut(token.replace(/^"|"$/g, ''));
  return ({ text }) => {
    const has = cut(text);
    return has.some((_, from) => wanted.every((word, n) => has[from + n] === word));
  };
}

function cut(text: string): string[] {
  return text.toLowerCase().match(/[@#]?[\p{L}\p{N}_]+/gu) ?? [];
}

function wrong(query: string, what: string) {
  return invalid(`There were errors processing your request: ${what}`, { query });
}
