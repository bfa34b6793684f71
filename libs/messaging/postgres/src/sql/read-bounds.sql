SELECT
  coalesce((SELECT m.place FROM messaging.messages m WHERE m.topic = $1 ORDER BY m.place LIMIT 1), 0) AS low,
  coalesce((SELECT m.place + 1 FROM messaging.messages m WHERE m.topic = $1 ORDER BY m.place DESC LIMIT 1), 0) AS high
