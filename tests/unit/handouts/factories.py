"""Templates to try rules on."""

from app_workers.handouts.domain.evaluation import evaluate
from app_workers.handouts.models.content import Answers, Condition, Content
from ganger.documents import text_of


def text_field(name="note", **changes):
    return {"id": name, "type": "text", "label": "Note", **changes}


def checkbox(name, **changes):
    return {"id": name, "type": "checkbox", "label": name, **changes}


def fields(*listed, content="Text", **changes):
    return {"id": "blanks", "type": "fields", "content": content, "fields": list(listed), **changes}


def text(content="Text", **changes):
    return {"id": "words", "type": "text", "content": content, **changes}


def item(name, content="Do it.", **changes):
    return {"id": name, "content": content, **changes}


def checklist(*items, **changes):
    return {"id": "steps", "type": "checklist", "items": list(items), **changes}


def content(*sections):
    return Content.checked({"sections": list(sections)})


def rule(effect, field, *targets, operator="is_checked", value=""):
    return Condition.checked(
        {"type": effect, "field": field, "operator": operator, "value": value, "target": list(targets)}
    )


def evaluated(sections, answers=None, rules=(), variables=None, chosen=None):
    """The evaluation with these answers; `chosen` are the items of the checklist `steps`."""
    checklists = {} if chosen is None else {"steps": chosen}
    given = Answers(fields=answers or {}, checklists=checklists)
    return evaluate(content(*sections), list(rules), given, variables or {})


def problems(evaluation):
    return [(problem.field, problem.code.value) for problem in evaluation.problems]


def lines(evaluation):
    """What is printed, an entry a line."""
    return [text_of(entry) for block in evaluation.blocks for entry in block.entries]


ACNE = checklist(
    item(
        "wash",
        "Use the {{bp_percent}}% benzoyl peroxide wash {{wash_times}} a day.",
        fields=[
            {
                "id": "bp_percent", "type": "select", "label": "Strength", "required": True,
                "options": [{"value": each, "text": each} for each in ("2.5", "5", "10")],
                "allow_custom": True, "custom_min": 0.5, "custom_max": 20,
            },
            {
                "id": "wash_times", "type": "select", "label": "How often", "required": True,
                "options": [{"value": each, "text": each} for each in ("once", "twice")],
            },
        ],
    ),
    item("sunscreen", "Wear sunscreen."),
    min_selected=1,
)  # fmt: skip
