"""Places of cells, as spreadsheets write them: A1 is row 1, column 1."""

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

Cell = tuple[int, int]


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
