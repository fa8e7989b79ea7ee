import { expect } from 'chai';
import { compare } from 'bcryptjs';
import { userDocument } from './users.ts';

describe('userDocument', () => {
  const user = { id: 'ivanov', displayName: 'Иванов И. И.', password: 'секрет' };

  it('has the shape that Operate stores, with a bcrypt hash under its prefix', async () => {
    const document = await userDocument(user, null);
    expect(document).to.deep.include({
      id: 'ivanov',
      userId: 'ivanov',
      displayName: 'Иванов И. И.',
      roles: ['OPERATOR'],
    });
    expect(document.password).to.match(/^\{bcrypt\}\$2[aby]\$10\$/);
    expect(await compare('секрет', document.password.slice('{bcrypt}'.length))).to.equal(true);
  });

  it('keeps the hash while the password is the same, and makes another when it is not', async () => {
    const existing = await userDocument(user, null);
    expect(await userDocument(user, existing)).to.deep.equal(existing);
    const changed = await userDocument({ ...user, password: 'другой' }, existing);
    expect(changed.password).to.not.equal(existing.password);
  });
});
