"""One contract, three storages: SQLite, PostgreSQL and the fake."""
