import { z } from 'zod';

/**
 * Ways in which a network can misbehave. `cut-before` drops the connection before anything was done,
 * `cut-after` when the work is done and only the answer is lost; `down` answers HTTP 503; `error`
 * answers the network's own error of `code`; the rest are names for well-known errors.
 */
export const faultKinds = [
  'latency',
  'down',
  'cut-before',
  'cut-after',
  'rate',
  'captcha',
  'permission',
  'refused',
  'credentials',
  'error',
] as const;

export type FaultKind = (typeof faultKinds)[number];

const faultInput = z.object({
  kind: z.enum(faultKinds),
  /** A method's name, `upload`, or `*` for all. */
  method: z.string().min(1).optional(),
  /** How many calls it spoils; null: until switched off; 0: switch it off. */
  times: z.number().int().min(0).nullable().default(null),
  /** How many calls it lets through first. */
  skip: z.number().int().min(0).optional(),
  /** For `latency`: milliseconds. */
  ms: z.number().int().min(0).max(600_000).optional(),
  /** For `error`: the network's error number; for `down`: the HTTP status. */
  code: z.number().int().optional(),
  /** For `error`, in networks that have them: what its number means more exactly. */
  subcode: z.number().int().optional(),
});

export const faultInputs = z.union([faultInput.transform((fault) => [fault]), z.array(faultInput)]);

export type FaultInput = z.input<typeof faultInput>;

export interface Fault {
  kind: FaultKind;
  method: string;
  times: number | null;
  skip?: number | undefined;
  ms?: number | undefined;
  code?: number | undefined;
  subcode?: number | undefined;
}

type Hit<K extends FaultKind> = Fault & { kind: K };

export interface Faults {
  /** Changes with every change of the list, also when a fault was used up. */
  readonly revision: number;
  list(): Fault[];
  /** Adds a fault, or replaces the one of the same kind and method. Throws ZodError on bad input. */
  set(input: FaultInput | FaultInput[]): Fault[];
  clear(): void;
  /** The first fault of these kinds that hits `method`, counted as used; undefined when none does. */
  take<K extends FaultKind>(kinds: readonly K[], method: string): Hit<K> | undefined;
}

export function createFaults(defaultMethod: (kind: FaultKind) => string): Faults {
  let faults: Fault[] = [];
  let revision = 0;
  return {
    get revision() {
      return revision;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    set(input) {
      for (const parsed of faultInputs.parse(input)) {
        const fault = { ...parsed, method: parsed.method ?? defaultMethod(parsed.kind) };
        faults = faults.filter((f) => f.kind !== fault.kind || f.method !== fault.method);
        if (fault.times !== 0) faults.push(fault);
      }
      revision += 1;
      return this.list();
    },
    clear() {
      faults = [];
      revision += 1;
    },
    take<K extends FaultKind>(kinds: readonly K[], method: string) {
      const among = (f: Fault): f is Hit<K> => (kinds as readonly FaultKind[]).includes(f.kind);
      const fault = faults.filter(among).find((f) => f.method === '*' || f.method === method);
      if (fault?.skip) {
        fault.skip -= 1;
        return undefined;
      }
      if (fault && fault.times !== null) {
        fault.times -= 1;
        revision += 1;
        faults = faults.filter((f) => f.times !== 0);
      }
      return fault;
    },
  };
}
