INSERT INTO carts.seeded (at) VALUES (now())
