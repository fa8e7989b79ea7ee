import { expect } from 'chai';
import { signed } from './signature.ts';

describe('OK: signature', () => {
  it('is what OK computes', () => {
    const params = {
      method: 'discussions.getComments',
      format: 'json',
      discussionType: 'GROUP_TOPIC',
      discussionId: '1',
    };
    const keys = { applicationKey: 'CBAAAA', applicationSecret: 'SECRET', accessToken: 'tkn' };
    const call = signed(params, keys);
    expect(call).to.deep.include({
      sig: '325ae0ce86d0839b2857426a61ff7253',
      access_token: 'tkn',
      application_key: 'CBAAAA',
    });
    expect(JSON.stringify(call)).not.to.contain('SECRET');
  });
});
