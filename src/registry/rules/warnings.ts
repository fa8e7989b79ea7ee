import { Duration } from 'luxon';
import type { Rule } from '../parts.ts';

/** A warning comes after the clock has started. */
export const warnings: Rule = ({ settings }) =>
  settings === null
    ? []
    : (['draft', 'review', 'rework'] as const)
        .filter((clock) => ms(settings.warnings[clock]) >= ms(settings.limits[clock]))
        .map((clock) => ({
          file: 'region.yaml',
          path: ['warnings', clock],
          message: `предупреждение за «${settings.warnings[clock]}» не короче срока; допустимо: меньше, чем limits.${clock} (${settings.limits[clock]})`,
        }));

const ms = (duration: string): number => Duration.fromISO(duration).toMillis();
