/**
 * How likely it is that so many messages or more come by chance where `mean` are usual: the upper tail
 * of the negative binomial distribution, which allows days to differ by more than Poisson's does.
 * `size` is its shape: days vary by about `1 / sqrt(size)` of the mean.
 */
export function tail(count: number, mean: number, size: number): number {
  if (count <= 0) return 1;
  const success = mean / (mean + size);
  let term = Math.exp(
    logGamma(count + size) -
      logGamma(size) -
      logGamma(count + 1) +
      size * Math.log1p(-success) +
      count * Math.log(success),
  );
  // The first terms decide as long as the count lies above the mean, where alone a surge is looked for.
  let sum = 0;
  for (let k = count; term > sum * 1e-12; k++) {
    sum += term;
    term *= (success * (k + size)) / (k + 1);
    if (k - count > MOST_TERMS) break;
  }
  return Math.min(1, sum);
}

const MOST_TERMS = 10_000;

/** Lanczos; exact to about 15 digits for what is above zero. */
function logGamma(x: number): number {
  const series = COEFFICIENTS.reduce((sum, c, i) => sum + c / (x + i + 1), 0.99999999999980993);
  const t = x + 7.5;
  return (x + 0.5) * Math.log(t) - t + Math.log((Math.sqrt(2 * Math.PI) * series) / x);
}

const COEFFICIENTS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
