import { OkError } from './errors.ts';

/** The parameters of a call, each a string as it came. */
export class Params {
  constructor(readonly raw: Record<string, string>) {}

  /** Undefined when not given or empty. */
  text(name: string): string | undefined {
    return this.raw[name] || undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new OkError(100, `Missing required parameter ${name}`);
    return value;
  }

  one<T extends string>(name: string, allowed: readonly T[], byDefault?: T): T {
    const value = this.text(name) ?? byDefault;
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new OkError(100, `Invalid parameter ${name} value ${value}`);
    return found;
  }

  count(byDefault: number, max: number): number {
    const count = Number(this.text('count') ?? byDefault);
    if (!Number.isInteger(count) || count < 1 || count > max) {
      throw new OkError(100, `Invalid parameter count value: 1 to ${max}`);
    }
    return count;
  }

  flag(name: string): boolean {
    return this.raw[name] === 'true';
  }

  list(name: string): string[] {
    return (this.raw[name] ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  json(name: string): unknown {
    try {
      return JSON.parse(this.required(name));
    } catch (error) {
      if (error instanceof OkError) throw error;
      throw new OkError(100, `Invalid parameter ${name}: not JSON`);
    }
  }

  /** Of a bean's fields those that `fields` asks for; all when it asks for nothing. */
  pick(bean: string, object: Record<string, unknown>): Record<string, unknown> {
    const fields = this.list('fields').map((field) => field.toLowerCase());
    if (fields.length === 0 || fields.includes(`${bean}.*`)) return object;
    return Object.fromEntries(
      Object.entries(object).filter(([key]) => fields.includes(`${bean}.${key}`)),
    );
  }
}
