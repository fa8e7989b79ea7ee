import { expect } from 'chai';
import { authorization } from './oauth.ts';

describe('X: OAuth 1.0a', () => {
  it('signs the example of X’s documentation as it does', () => {
    const header = authorization(
      {
        method: 'POST',
        url: 'https://api.twitter.com/1.1/statuses/update.json',
        query: {
          include_entities: 'true',
          status: 'Hello Ladies + Gentlemen, a signed OAuth request!',
        },
      },
      {
        apiKey: 'xvz1evFS4wEEPTGEFPHBog',
        apiSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
        accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
        accessSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
      },
      'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      1318622958,
    );
    expect(header).to.contain('oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"');
    expect(header).to.match(/^OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", /);
  });
});
