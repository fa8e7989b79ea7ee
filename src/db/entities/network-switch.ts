import { EntitySchema } from 'typeorm';

/** What a network that is set up may do; without a row, all that `networks.yaml` allows. */
export interface NetworkSwitch {
  network: string;
  canRead: boolean;
  canReply: boolean;
}

export const NetworkSwitchEntity = new EntitySchema<NetworkSwitch>({
  name: 'NetworkSwitch',
  tableName: 'network_switch',
  columns: {
    network: { type: 'text', primary: true },
    canRead: { type: 'boolean' },
    canReply: { type: 'boolean' },
  },
});
