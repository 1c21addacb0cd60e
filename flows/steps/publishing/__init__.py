"""From figures to frozen editions, and who may let them go."""
