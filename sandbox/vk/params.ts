import { VkError } from './errors.ts';

/** The parameters of a call, each a string as it came. */
export class Params {
  constructor(readonly raw: Record<string, string>) {}

  text(name: string): string | undefined {
    return this.raw[name];
  }

  /** A whole number; undefined when not given. Error 100 on anything else or under `min`. */
  int(name: string, min = Number.MIN_SAFE_INTEGER): number | undefined {
    const value = this.raw[name];
    if (value === undefined || value === '') return undefined;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new VkError(100, `${name} should be integer`);
    if (number < min) throw new VkError(100, `${name} should be greater or equal to ${min}`);
    return number;
  }

  required(name: string): number {
    const value = this.int(name);
    if (value === undefined) throw new VkError(100, `${name} is undefined`);
    return value;
  }

  /** `count`: its default when not given, error 100 over `max`. */
  count(byDefault: number, max: number): number {
    const count = this.int('count', 0) ?? byDefault;
    if (count > max) throw new VkError(100, `count should be less or equal to ${max}`);
    return count;
  }

  flag(name: string): boolean {
    return ['1', 'true'].includes(this.raw[name] ?? '');
  }

  /** A list with commas between. */
  list(name: string): string[] {
    return (this.raw[name] ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
}
