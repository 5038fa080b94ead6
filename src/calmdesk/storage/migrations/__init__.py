"""The chain of migrations, shipped with the package and run by `calmdesk.storage.migrate`."""
