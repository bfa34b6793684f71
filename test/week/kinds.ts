/** Those that something of our own leads to. What is wrong in a row that nobody writes only a scan finds, hours later. */
export const kindsWeLeadTo = [
  ...['writeCrossed', 'saleCrossed', 'lateRequest', 'inTheMaking', 'feedOutage', 'hinted', 'refundFirst'],
  ...['crashed', 'typedUp'],
];
