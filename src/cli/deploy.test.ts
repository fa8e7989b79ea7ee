import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { deadUrl } from '../../test/vk.ts';
import { InputError } from '../errors.ts';
import { deployCommand } from './deploy.ts';

const BPMN = join(import.meta.dirname, '..', '..', 'bpmn');

describe('otklik deploy', () => {
  let dir: string;
  const given = process.env['OTKLIK_GRPC_ADDRESS'];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-test-deploy-'));
    await cp(BPMN, dir, { recursive: true });
    process.env['OTKLIK_GRPC_ADDRESS'] = new URL(await deadUrl()).host;
  });
  afterEach(async () => {
    if (given === undefined) delete process.env['OTKLIK_GRPC_ADDRESS'];
    else process.env['OTKLIK_GRPC_ADDRESS'] = given;
    await rm(dir, { recursive: true, force: true });
  });

  async function refusal(): Promise<string> {
    const command = deployCommand().exitOverride().parseAsync(['--dir', dir], { from: 'user' });
    const error: unknown = await command.catch((it: unknown) => it);
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }

  it('does not ask the engine about a diagram with faults', async () => {
    const file = join(dir, 'procedure.bpmn');
    const xml = await readFile(file, 'utf8');
    await writeFile(file, xml.replace('=date and time(assignment.dueAt)', '2026-11-24T18:00:00Z'));
    expect(await refusal()).to.match(
      /procedure\.bpmn: элемент «draft-deadline»: в таймере записано/,
    );
  });

  it('says that the engine does not answer, and where the address is set', async () => {
    const address = process.env['OTKLIK_GRPC_ADDRESS'] ?? '';
    expect(await refusal()).to.equal(
      `Camunda по адресу ${address} не отвечает: запустите её или укажите адрес в OTKLIK_GRPC_ADDRESS`,
    );
  });
});
