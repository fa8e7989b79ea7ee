import { expect } from 'chai';
import { parseList } from './mvn-resolve.ts';

describe('parseList', () => {
  it('reads jars, classifiers, other types, modules and Windows paths', () => {
    const text = [
      '',
      'The following files have been resolved:',
      '   org.yaml:snakeyaml:jar:2.1:compile:/m2/snakeyaml-2.1.jar -- module org.yaml.snakeyaml',
      '   com.github.jnr:jffi:jar:native:1.3.14:runtime:/m2/jffi-1.3.14-native.jar',
      '   io.camunda:camunda-zeebe:tar.gz:8.6.0:compile:C:\\m2\\camunda-zeebe-8.6.0.tar.gz',
      '   org.x:y:jar:1:compile (optional):/m2/y-1.jar -- module y (auto)',
    ].join('\r\n');
    expect([...parseList(text)]).to.deep.equal([
      ['org.yaml:snakeyaml:2.1', '/m2/snakeyaml-2.1.jar'],
      ['com.github.jnr:jffi:1.3.14:native', '/m2/jffi-1.3.14-native.jar'],
      ['io.camunda:camunda-zeebe:8.6.0:tar.gz', 'C:\\m2\\camunda-zeebe-8.6.0.tar.gz'],
      ['org.x:y:1', '/m2/y-1.jar'],
    ]);
  });
});
