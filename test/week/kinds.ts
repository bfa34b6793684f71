/** Those that something leads to that we hear of. What is typed down in a row where nothing happens only a scan finds, hours later. */
export const kindsWeLeadTo = [
  ...['writeCrossed', 'saleCrossed', 'lateRequest', 'inTheMaking', 'feedOutage', 'hinted', 'refundFirst'],
  ...['crashed', 'typedUp', 'lostDecrement', 'doubleRestock'],
];
