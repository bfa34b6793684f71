SELECT 'policy-channel-' || channel AS stream FROM fold.channel
UNION ALL
SELECT 'policy-location-' || location FROM fold.location
