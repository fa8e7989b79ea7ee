import { recordAccess } from '../access/audit.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { NetworkSwitchEntity, type NetworkSwitch } from '../db/entities/network-switch.ts';
import { RegistryVersionEntity } from '../db/entities/registry-version.ts';
import { InputError } from '../errors.ts';
import { checkRegion } from './check-region.ts';
import type { Difference } from './differences.ts';
import { applyRegion, lockRegistry } from './import.ts';
import type { Violation } from './parts.ts';
import { sourceOf, type RegionSource } from './source.ts';
import { addVersion, latestVersion } from './versions.ts';

/** Who changes the registry on the page, and the version that they saw. */
export interface Editor {
  login: string;
  name: string;
  version: number;
}

/**
 * Changes the registry as it stands (all or nothing): by the same rules and with the same care for open
 * work as an import. Gives what is wrong, or nothing.
 * @throws InputError if somebody else changed it meanwhile, or what is removed has open work.
 */
export function editRegistry(
  db: Database,
  editor: Editor,
  change: (source: RegionSource) => void,
): Promise<Violation[]> {
  return db.transaction(async (tx) => {
    const latest = await lockedVersion(tx, editor);
    const source = structuredClone(latest.definition);
    change(source);
    const { region, violations } = checkRegion(source);
    if (region === null) return violations;
    await applyRegion(tx, region);
    const changes = await addVersion(tx, sourceOf(region), authorOf(editor));
    await audit(tx, editor, changes);
    return [];
  });
}

/** Switches networks; holds at once, in every process. */
export function switchNetworks(
  db: Database,
  editor: Editor,
  wanted: readonly NetworkSwitch[],
): Promise<void> {
  return db.transaction(async (tx) => {
    const { definition } = await lockedVersion(tx, editor);
    const now = await tx.find(NetworkSwitchEntity);
    const changes = wanted.flatMap(({ network, ...switches }) =>
      (['canRead', 'canReply'] as const).flatMap((what): Difference[] => {
        const before = now.find((it) => it.network === network)?.[what] ?? true;
        const after = switches[what];
        if (before === after) return [];
        const path = `${network}.${what}`;
        return [{ file: 'networks', path, before: String(before), after: String(after) }];
      }),
    );
    if (changes.length === 0) return;
    await tx.upsert(NetworkSwitchEntity, [...wanted], ['network']);
    const kept = definition as object;
    await tx.insert(RegistryVersionEntity, { ...authorOf(editor), definition: kept, changes });
    await audit(tx, editor, changes);
  });
}

async function lockedVersion(tx: Tx, { version }: Editor) {
  await lockRegistry(tx);
  const latest = await latestVersion(tx);
  if (latest === null) {
    throw new InputError('Реестр ещё не загружен: выполните registry import ПАПКА.');
  }
  if (latest.number !== version) {
    throw new InputError(
      `Реестр тем временем изменён (${latest.subject}). Откройте страницу заново и повторите.`,
    );
  }
  return latest;
}

const authorOf = ({ login, name }: Editor) => ({ source: 'page', login, subject: name }) as const;

async function audit(tx: Tx, { login, name }: Editor, changes: Difference[]): Promise<void> {
  if (changes.length === 0) return;
  const details = { changes };
  await recordAccess(tx, { subject: name, action: 'изменён реестр', login, details });
}
