"""materiel: who arms whom, with what, and on what conditions."""
