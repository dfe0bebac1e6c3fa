const strings = {
  title: 'Be the caller',
  dial: 'Call',
  from: 'From',
  to: 'To',
  script: 'The caller',
  callers: 'Callers at once',
  place: 'Place a call',
  none: 'No calls yet. Place one and hear what callers hear.',
  live: 'Under way',
  over: 'Over',
  heard: 'What the caller hears and does',
  say: 'Say something',
  hangUp: 'Hang up',
  scripts: {
    byHand: 'does what you press',
    sales: 'asks for sales and answers the survey',
    service: 'asks for service and answers the survey',
    impatient: 'asks for sales and gives up',
  },
} as const;
export default strings;
