"""What a partner's file says: is it safe, where are its columns, what stands in its rows."""
