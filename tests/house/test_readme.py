"""README says what the program does: its tables are those of the types."""

from pathlib import Path

from config.model import Rule
from notifier.funnel.stops import TODO

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_every_condition_of_a_rule_stands_in_the_readme() -> None:
    rows = [f"| `{name}` | {field.description} |" for name, field in Rule.model_fields.items()]

    assert "\n".join(rows) in README, "write these rows into README.md:\n" + "\n".join(rows)


def test_every_place_where_a_story_ends_stands_in_the_readme() -> None:
    rows = [f"| `{stop}` | {todo} |" for stop, todo in TODO.items()]

    assert "\n".join(rows) in README, "write these rows into README.md:\n" + "\n".join(rows)
