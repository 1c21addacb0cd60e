"""Charts: records in, strokes of the pen out. Each is drawn with its numbers and said in words."""
