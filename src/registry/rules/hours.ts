import { DEFAULT_HOURS } from '../hours.ts';
import { didYouMean } from '../nearest.ts';
import type { Rule } from '../parts.ts';

/** Agencies name hours that there are. */
export const knownHours: Rule = ({ agencies, hours }) =>
  hours === null
    ? []
    : agencies
        .filter(({ record }) => !hours.has(record.hours) && record.hours !== DEFAULT_HOURS)
        .map(({ index, record }) => ({
          file: 'agencies.yaml',
          path: [index, 'hours'],
          message: `режима «${record.hours}» нет в hours.yaml${didYouMean(record.hours, hours)}; допустимо: ${[...hours].join(', ')}`,
        }));

/** Agencies that name no hours need some. */
export const defaultHours: Rule = ({ hours }) =>
  hours === null || hours.has(DEFAULT_HOURS)
    ? []
    : [
        {
          file: 'hours.yaml',
          path: [],
          message: `нет режима «${DEFAULT_HOURS}», по которому работают органы без своего режима; допустимо: режим с этим именем`,
        },
      ];
