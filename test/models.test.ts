import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { elements, formIds } from '../src/engine/contract.ts';
import { regionIn } from '../src/registry/load.ts';

interface Field {
  key?: string;
  type: string;
  label?: string;
  validate?: { required?: boolean };
  conditional?: { hide: string };
}

const fieldsOf = async (form: string) =>
  (JSON.parse(await readFile(`bpmn/forms/${form}.form`, 'utf8')) as { components: Field[] })
    .components;

/** The fields that each user task hands on, as its output mapping names them, by form. */
async function handedOn(): Promise<Map<string, string[]>> {
  const xml = await readFile('bpmn/procedure.bpmn', 'utf8');
  return new Map(
    [...xml.matchAll(/<bpmn:userTask[\s\S]*?<\/bpmn:userTask>/g)].map(([task]) => {
      const form = /formId="([^"]+)"/.exec(task)?.[1] ?? '';
      const source = /<zeebe:output source="=\{([^}]+)\}"/.exec(task)?.[1] ?? '';
      return [form, source.split(',').map((pair) => pair.split(':')[0]?.trim() ?? '')];
    }),
  );
}

describe('the forms', () => {
  it('are all used, and every user task has one', async () => {
    const files = (await readdir('bpmn/forms')).map((name) => name.replace('.form', ''));
    expect(files.sort()).to.deep.equal([...formIds]);
    const users = elements.filter((it) => it.type === 'UserTask');
    expect(users.filter((it) => it.form === null)).to.deep.equal([]);
  });

  for (const form of formIds) {
    it(`${form} asks for just what its task hands on, and shows why it came back`, async () => {
      const fields = await fieldsOf(form);
      const asked = fields.filter(
        (it) => it.key !== undefined && !('readonly' in it && it.readonly === true),
      );
      expect(asked.map((it) => it.key)).to.have.members((await handedOn()).get(form) ?? []);
      expect(asked.filter((it) => !/[А-Яа-я]/.test(it.label ?? ''))).to.deep.equal([]);
      expect(JSON.stringify(fields[0])).to.include('{{inputError}}');
    });
  }
});

describe('the competence table', () => {
  it('names only agencies and topics of the region (clause 2)', async () => {
    const region = await regionIn('region/smolensk');
    const table = await readFile('bpmn/competence.dmn', 'utf8');
    const rules = [...table.matchAll(/<rule[\s\S]*?<\/rule>/g)].map(([rule]) =>
      [...rule.matchAll(/<outputEntry[^>]*>\s*<text>"([^"]+)"<\/text>/g)].map((it) => it[1]),
    );
    const agencies = rules.map(([agency]) => agency);
    expect(agencies).to.have.length.above(15);
    expect(region.agencies.map((it) => it.code)).to.include.members(agencies);
    expect(region.settings.topics.map((it) => it.code)).to.include.members(
      rules.map(([, topic]) => topic),
    );
  });
});

describe('the diagram', () => {
  it('names every element in Russian', () => {
    const nameless = elements.filter(
      (it) => !/[А-Яа-я]/.test(it.name) && it.type !== 'ExclusiveGateway',
    );
    expect(nameless.map((it) => it.id)).to.deep.equal([]);
  });

  it('waits for no wall-clock duration where the Procedure counts working time (clauses 6, 8, 9)', async () => {
    const xml = await readFile('bpmn/procedure.bpmn', 'utf8');
    expect(xml).not.to.match(/PT\d+[HM]/);
  });
});
