"""The partner's own workbook back, with what is to be put right marked in it.

Nothing is loaded and saved again: the parts of the workbook are changed in place, a few bytes
each, so that formats, formulas with their results, charts, pictures and lists stay as they were.
"""
