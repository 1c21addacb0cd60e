"""How activities touch the aims, in both readings, and the promises that are still open."""

from itertools import groupby

from flows.steps.catalogue import Catalogue
from flows.steps.publishing.facts.asking import Figures, Questions, text_of
from reports.model import Aim, AimCell, Aims, Commitment, ObjectiveRow


def aims_of(book: Figures, catalogue: Catalogue, ask: Questions) -> Aims:
    """Both readings of a period, row by row and aim by aim."""
    aim_rows, objective_rows = ask("facts/aims"), ask("facts/objectives")
    linked = sum(row["activities"] for row in aim_rows if row["aim_id"] is None)
    aims = [row for row in aim_rows if row["aim_id"] is not None]
    rows = []
    for objective_id, cells in groupby(objective_rows, key=lambda row: row["objective_id"]):
        total, *by_aim = cells
        rows.append(
            ObjectiveRow(
                objective_id=objective_id,
                kind=total["kind"],
                wording=text_of(total, "wording"),
                cells=tuple(
                    AimCell(cell["bullets"], cell["activities"], cell["share"]) for cell in by_aim
                ),
                activities=total["activities"],
                share=total["share"],
            )
        )
    activities = int(book.total("IND01").numerator or 0)
    return Aims(
        aims=tuple(
            Aim(row["aim_id"], row["article"], text_of(row, "wording"), text_of(row, "short"))
            for row in aims
        ),
        has_matrix=catalogue.programme.has_matrix,
        rows=tuple(rows),
        totals=tuple(row["activities"] for row in aims),
        activities=activities,
        unlinked=activities - linked,
        shares=tuple(row["share"] for row in aims),
        commitments=tuple(Commitment(**row) for row in ask("facts/commitments")),
        equal_aims=tuple((row["aim_id"], row["same_as"]) for row in ask("facts/equal_aims")),
    )
