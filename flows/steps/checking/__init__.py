"""What is wrong with the rows that were sent, and how it is said to the partner."""
