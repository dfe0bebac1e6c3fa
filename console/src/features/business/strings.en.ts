const strings = {
  usage: {
    title: 'Usage and cost',
    today: 'Today',
    month: 'This month, at list prices',
    due: 'Due beyond the plan',
    forecast: 'Forecast of the month',
    amount: 'Amount',
    empty: 'Nothing was used yet.',
    by: { day: 'Day', feature: 'Feature', queue: 'Queue', service: 'Service' },
  },
  audit: {
    title: 'Audit trail',
    when: 'When',
    who: 'Who',
    what: 'What',
    details: 'Details',
    more: 'Show more',
    verify: 'Check the trail',
    whole: 'The trail is whole: nothing was changed or dropped.',
    broken_one: 'One place of the trail was tampered with.',
    broken_other: '{{count}} places of the trail were tampered with.',
  },
} as const;
export default strings;
