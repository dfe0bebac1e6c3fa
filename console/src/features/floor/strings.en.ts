const strings = {
  title: 'Live floor',
  underWay_one: '{{count}} call under way',
  underWay_other: '{{count}} calls under way',
  queues: 'Queues',
  agents: 'Agents',
  queue: 'Queue',
  waiting: 'Waiting',
  longest: 'Longest wait',
  level: 'Service level',
  offered: 'Offered',
  answered: 'Answered',
  abandoned: 'Abandoned',
  noQueues: 'There are no queues yet.',
  noAgents: 'Nobody is signed in.',
} as const;
export default strings;
