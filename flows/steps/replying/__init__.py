"""What goes back to the partner: a receipt, and its own workbook marked up."""
