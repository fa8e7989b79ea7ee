import { stringify } from 'yaml';
import type { RegionFile } from './parts.ts';
import type { RegionDefinition } from './region.ts';

/** What the files of a region hold, before it is checked: the form in which people change it. */
export type RegionSource = Record<RegionFile, unknown>;

/** A region as its files would hold it. */
export const sourceOf = (region: RegionDefinition): RegionSource =>
  JSON.parse(
    JSON.stringify({
      'region.yaml': region.settings,
      'officials.yaml': region.officials,
      'agencies.yaml': region.agencies.map(({ channel, ...agency }) => ({
        ...agency,
        channel: channel.address,
      })),
      'hours.yaml': region.hours,
      'templates.yaml': region.templates,
    }),
  ) as RegionSource;

/** One file of a region as YAML. */
export const yamlOf = (source: RegionSource, file: RegionFile): string =>
  `# Выгружено из реестра: действует то, что изменено на странице «Управление».\n${stringify(source[file], { lineWidth: 100 })}`;
