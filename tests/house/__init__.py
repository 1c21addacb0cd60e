"""What must hold of the house itself, and the one command that checks it all."""
