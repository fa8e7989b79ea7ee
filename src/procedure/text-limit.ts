/**
 * Characters of a draft or an answer. Tasklist cuts a variable at 8,191 characters of its JSON, in
 * which a line end or a quotation mark takes two: 2,000 of them still fit. The networks' own limits
 * come at the format check.
 */
export const TEXT_LIMIT = 6_000;
