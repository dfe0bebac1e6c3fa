// What each permission lets somebody do. api/codes.json lists them all.
const strings = {
  profile: {
    own: 'Keep their own profile',
  },
  calls: {
    take: 'Take calls',
    monitor: 'Listen, whisper and barge',
  },
  floor: {
    watch: 'Watch the live floor',
  },
  agents: {
    read: 'See agents',
    control: "Change agents' states and queues",
  },
  callbacks: {
    read: 'See callbacks',
    write: 'Work on callbacks',
  },
  voicemails: {
    read: 'See voicemail',
    play: 'Play voicemail',
    write: 'Work on voicemail',
  },
  contacts: {
    own: 'See their own contacts',
    read: 'See all contacts',
  },
  customers: {
    read: 'See customers',
    write: 'Change customers',
  },
  recordings: {
    play: 'Play recordings',
    delete: 'Delete recordings, set how long they are kept',
  },
  flows: {
    read: 'See call flows',
    write: 'Edit call flows',
    publish: 'Publish call flows',
  },
  routing: {
    read: 'See queues and routing',
    write: 'Change queues and routing',
  },
  surveys: {
    read: 'See surveys',
    write: 'Change surveys',
  },
  numbers: {
    read: 'See numbers',
    write: 'Assign numbers',
    buy: 'Buy and give back numbers',
  },
  reports: {
    own: 'See their own figures',
    read: 'See reports',
  },
  costs: {
    read: 'See usage and cost',
  },
  people: {
    read: 'See people',
    write: 'Invite and change people',
  },
  auth: {
    policy: 'Set roles and sign-in rules',
  },
  audit: {
    read: 'Read the audit trail',
  },
  keys: {
    read: 'See API keys',
    write: 'Make and revoke API keys',
  },
  webhooks: {
    read: 'See webhooks',
    write: 'Change webhooks',
  },
  outbound: 'Place calls',
  budgets: {
    write: 'Set budgets',
  },
  boards: {
    write: 'Make wallboards',
  },
  person: {
    erase: "Erase a person's data",
  },
  plan: {
    manage: 'Manage plan and invoices',
  },
  ownership: {
    transfer: 'Transfer ownership, let the operator in',
  },
  tenant: {
    export: 'Export all data',
    erase: 'Erase all data',
    close: 'Close the account',
  },
};
export default strings;
