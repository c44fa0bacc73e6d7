"""What an ensemble of imagined futures says: pure functions of its numbers. Nothing here draws, runs or prints."""
