import { z } from 'zod';

/** How much of the allowance is used up, as the answers' headers tell. */
export interface Usage {
  /** The highest of all figures, 0-100. */
  percent: number;
  /** Milliseconds until calls are allowed again; null: they are, or nothing was said. */
  regainMs: number | null;
}

const figures = z.object({
  call_count: z.number().default(0),
  total_time: z.number().default(0),
  total_cputime: z.number().default(0),
  /** Minutes. */
  estimated_time_to_regain_access: z.number().default(0),
});
const byBusiness = z.record(z.string(), z.array(figures));

/** Reads `X-App-Usage` and `X-Business-Use-Case-Usage`; what is not understood counts as nothing. */
export function readUsage(headers: Headers): Usage {
  const app = figures.safeParse(json(headers.get('x-app-usage')));
  const business = byBusiness.safeParse(json(headers.get('x-business-use-case-usage')));
  const all = [
    ...(app.success ? [app.data] : []),
    ...(business.success ? Object.values(business.data).flat() : []),
  ];
  const minutes = Math.max(0, ...all.map((each) => each.estimated_time_to_regain_access));
  return {
    percent: Math.max(
      0,
      ...all.flatMap((each) => [each.call_count, each.total_time, each.total_cputime]),
    ),
    regainMs: minutes > 0 ? minutes * 60_000 : null,
  };
}

function json(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
