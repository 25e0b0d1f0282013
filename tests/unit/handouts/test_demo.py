"""The demo library is as the rules would have written it."""

import asyncio
from datetime import date

from app_workers.handouts.demo import statements, texts
from app_workers.handouts.domain.checking import content_problems
from app_workers.handouts.domain.evaluation import evaluate
from app_workers.handouts.domain.parts import items_of, needs_patient
from app_workers.handouts.domain.sample import sample_answers, sample_variables
from app_workers.handouts.models.deliveries import DeliveryStatus
from app_workers.handouts.models.templates import Template, TemplateQuery
from app_workers.handouts.store.templates import approved_at, find_template, templates
from ganger.documents import text_of
from tests.harness.tables import HostDatabase

TODAY = date(2026, 1, 10)


def library() -> list[Template]:
    database = HostDatabase("handouts")
    for _ in range(2):
        database.carry_out(statements(TODAY))
    listed, _ = asyncio.run(templates(database, TemplateQuery(limit=100)))
    assert len(asyncio.run(approved_at(database, "loc_aa")).templates) == 10
    return [asyncio.run(find_template(database, each.id)) for each in listed]


def test_ten_are_approved_and_one_is_in_each_other_state():
    states = sorted(template.status.value for template in library())
    assert states == ["approved"] * 10 + ["archived", "draft", "pending_approval", "rejected"]


def test_every_text_is_in_order_and_marked():
    for template in library():
        assert content_problems(template.content, template.rules) == []
        answers = sample_answers(template.content, template.rules, TODAY)
        found = evaluate(template.content, template.rules, answers, sample_variables(TODAY))
        assert (template.name, found.problems) == (template.name, ())
        assert text_of(found.blocks[0].entries[0]) == texts.NOTICE


def test_the_templates_are_what_people_know_them_for():
    by_id = {template.id: template for template in library()}
    plan = by_id["tpl_acne_plan"]
    assert (len(list(items_of(plan.content))), plan.complexity) == (14, 3)
    assert by_id["tpl_isotretinoin"].clinical_review
    assert not needs_patient(by_id["tpl_sun"].content)
    kinds = {name: by_id[name].template_type.value for name in ("tpl_sun", "tpl_rosacea", "tpl_eczema")}
    assert kinds == {"tpl_sun": "static", "tpl_rosacea": "dynamic", "tpl_eczema": "dynamic"}


def test_packets_and_deliveries_are_there_in_every_state():
    database = HostDatabase("handouts")
    database.carry_out(statements(TODAY))

    def counted(sql: str) -> dict[str, int]:
        return dict(database.connection.execute(sql))

    packets = counted("SELECT status, COUNT(*) FROM generated_handouts GROUP BY status")
    assert packets == {"ready": 21, "revoked": 2, "failed": 1, "draft": 1}
    deliveries = counted("SELECT status, COUNT(*) FROM delivery_tracking GROUP BY status")
    assert sum(deliveries.values()) == 30
    assert set(deliveries) == {each.value for each in DeliveryStatus}
    codes = counted("SELECT revoked_at IS NULL, COUNT(*) FROM patient_codes GROUP BY 1")
    assert codes == {0: 1, 1: 3}
