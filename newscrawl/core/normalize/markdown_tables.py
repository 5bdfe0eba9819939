"""Tables as Markdown (GFM), which knows neither spans nor breaks in a cell."""

from collections.abc import Iterator

from newscrawl.core.normalize.markdown_runs import run_of
from newscrawl.core.normalize.model import Cell, Table

WIDEST = 20  # columns that a cell may span; what a spreadsheet would need is no reading matter


def grid_of(table: Table) -> str:
    """Return the rows of a table; a place that a cell spans from elsewhere is an empty cell."""
    columns = list(_columns(table))
    width = max(map(len, columns))
    columns[0] += [""] * (width - len(columns[0]))  # it says how many; the others may be shorter
    first, *others = [f"| {' | '.join(cells)} |" for cells in columns]
    return "\n".join([first, f"|{' --- |' * width}", *others])


def _columns(table: Table) -> Iterator[list[str]]:
    """Yield the cells of each row."""
    below: dict[int, int] = {}  # column: how many more rows a cell reaches down there
    for row in table.rows:
        cells: list[str] = []
        for cell in row:
            cells += _reached(below, len(cells))
            span = min(cell.colspan, WIDEST)
            for column in range(len(cells), min(len(cells) + span, WIDEST)):
                below[column] = cell.rowspan - 1
            cells += [_cell(cell), *[""] * (span - 1)]
        while any(reaches and column >= len(cells) for column, reaches in below.items()):
            cells += _reached(below, len(cells)) or [""]
        yield cells


def _reached(below: dict[int, int], column: int) -> list[str]:
    """Return the empty cells from a column on that cells above reach down to."""
    reached: list[str] = []
    while below.get(column, 0):
        below[column] -= 1
        column += 1
        reached.append("")
    return reached


def _cell(cell: Cell) -> str:
    return run_of(cell.run).replace("|", "\\|").replace("\\\n", " ")
