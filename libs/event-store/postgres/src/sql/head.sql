SELECT e.position FROM ledger.events e ORDER BY e.position DESC LIMIT 1
