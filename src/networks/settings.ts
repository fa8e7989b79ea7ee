import { z } from 'zod';
import { InputError } from '../errors.ts';
import { check } from '../registry/check.ts';
import { formatFault, type Fault } from '../registry/fault.ts';
import { readYaml } from '../registry/yaml-file.ts';
import { facebookSettings } from './facebook/settings.ts';
import { address, attachments, duration, number, whole, wholeAbove0 } from './fields.ts';
import { instagramSettings } from './instagram/settings.ts';
import { okSettings } from './ok/settings.ts';
import { xSettings } from './x/settings.ts';

const groupId = whole.positive({ error: 'допустимо: номер сообщества без минуса' });

const vk = z
  .strictObject({
    enabled: z.boolean(),
    canRead: z.boolean(),
    canReply: z.boolean(),
    apiBase: address,
    apiVersion: z
      .string()
      .regex(/^\d+\.\d+$/, { error: "допустимо: версия в кавычках, например '5.199'" }),
    /** Where permanent links begin. */
    permalinkBase: address,
    /** Communities that speak for the region; ids without the minus. */
    ownPages: z.array(groupId).min(1),
    replyAs: groupId,
    textLimit: wholeAbove0,
    attachments,
    pollEvery: duration,
    overlap: duration,
    lookBack: duration,
    commentsFor: duration,
    requestsPerSecond: z.strictObject({ user: number, group: number }),
  })
  .refine(({ ownPages, replyAs }) => ownPages.includes(replyAs), {
    path: ['replyAs'],
    error: 'этого сообщества нет среди ownPages; допустимо: одно из них',
  });

/** What `region/NAME/networks.yaml` holds. */
export const networkSettings = z.strictObject({
  vk,
  ok: okSettings,
  facebook: facebookSettings,
  instagram: instagramSettings,
  x: xSettings,
});

export type NetworkSettings = z.infer<typeof networkSettings>;
export type VkSettings = NetworkSettings['vk'];

type Environment = Record<string, string | undefined>;

/** What `env` may set otherwise, by the end of the variable's name: OTKLIK_VK_API_BASE for `vk`. */
const overridable = {
  API_BASE: 'apiBase',
  PERMALINK_BASE: 'permalinkBase',
  POLL_EVERY: 'pollEvery',
};

/**
 * Reads a region's `networks.yaml`; `overridable` variables of `env` win over it. Rejects with
 * InputError that names every fault with file and line.
 */
export async function readNetworkSettings(
  file: string,
  env: Environment = process.env,
): Promise<NetworkSettings> {
  const yaml = await readYaml(file);
  if (yaml.faults.length > 0) throw refusal(yaml.faults);
  const { data, findings } = check(networkSettings, withOverrides(yaml.value, env));
  if (data !== null) return data;
  throw refusal(findings.map(({ path, message }) => ({ file, ...yaml.at(path), message })));
}

function refusal(faults: readonly Fault[]): InputError {
  return new InputError(faults.map(formatFault).join('\n'));
}

function withOverrides(settings: unknown, env: Environment): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([code, given]: [string, unknown]) => {
      if (typeof given !== 'object' || given === null) return [code, given];
      const over = Object.entries(overridable).flatMap(([end, key]) => {
        const value = env[`OTKLIK_${code.toUpperCase()}_${end}`];
        return value ? [[key, value] as const] : [];
      });
      return [code, { ...given, ...Object.fromEntries(over) }];
    }),
  );
}
