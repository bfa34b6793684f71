SELECT at FROM carts.seeded LIMIT 1
