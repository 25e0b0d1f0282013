"""What it takes to open each page of the platform, and further looks of pages.

A page whose address names something needs a line in SAMPLES, and a GET route that is no page one in
NO_PAGES; tests/platform/pages fails until it has. STATES are refused forms, empty lists, errors.
"""

from collections.abc import Mapping

from tests.harness.page_cases import PageCase, Sample

_TICKET = "SELECT ticket_number FROM tickets WHERE submitter_id = '{}' AND status = '{}' LIMIT 1"
_ITEM = "SELECT id FROM inventory_items WHERE status = 'active' AND is_lot_tracked = 1 LIMIT 1"
_LOT = "SELECT id FROM inventory_lots WHERE status = '{}' LIMIT 1"
_CONTROLLED = "SELECT id, '{}' FROM inventory_items WHERE is_controlled = 1 LIMIT 1"

SAMPLES: Mapping[str, Mapping[str, Sample]] = {
    "management": {
        "/requests/new/{form_type}": Sample("SELECT 'support_ticket'"),
        "/requests/{ticket_number}": Sample(_TICKET.format("usr_pat", "pending_approval")),
        "/requests/{ticket_number}/edit": Sample(_TICKET.format("usr_tia", "open"), "usr_tia"),
        "/comments/{comment_id}": Sample("SELECT 'cmt_0001'"),
        "/directory/{user_id}": Sample("SELECT 'usr_wes'"),
        "/directory/{user_id}/edit": Sample("SELECT 'usr_wes'"),
        "/directory/{user_id}/emergency-contact": Sample("SELECT 'usr_wes'"),
        "/reference/{operation_id}": Sample("SELECT 'get-tickets'"),
    },
    "inventory": {
        "/items/{item_id}": Sample(_ITEM),
        "/items/{item_id}/receive": Sample(_ITEM),
        "/items/{item_id}/edit": Sample(_ITEM),
        "/items/{item_id}/discontinue": Sample(_ITEM),
        "/items/{item_id}/levels": Sample(_ITEM),
        "/items/{item_id}/offers": Sample(_ITEM),
        "/items/{item_id}/movements/{movement_type}": Sample(_CONTROLLED.format("waste")),
        "/lots/{lot_id}/quarantine": Sample(
            "SELECT id FROM inventory_lots WHERE status = 'available' LIMIT 1"
        ),
        "/lots/{lot_id}/release": Sample(
            "SELECT id FROM inventory_lots WHERE status = 'quarantined' LIMIT 1"
        ),
        "/vendors/{vendor_id}": Sample("SELECT id FROM inventory_vendors LIMIT 1"),
        "/safety/{sheet_id}": Sample("SELECT id FROM safety_sheets LIMIT 1"),
        "/safety/{sheet_id}/edit": Sample("SELECT id FROM safety_sheets LIMIT 1"),
        "/unmatched/{unmatched_id}": Sample("SELECT id FROM unmatched_barcodes LIMIT 1"),
        "/counts/{count_id}": Sample("SELECT 'cnt_open'"),
        "/counts/{count_id}/sheet": Sample("SELECT 'cnt_open'"),
        "/counts/{count_id}/review": Sample("SELECT 'cnt_review'"),
        "/transfers/{transfer_id}": Sample("SELECT 'trf_draft'"),
        "/orders/{order_id}": Sample("SELECT 'ord_1'"),
        "/orders/{order_id}/receive": Sample("SELECT 'ord_9'"),
        "/orders/{order_id}/summary": Sample("SELECT 'ord_3'"),
        "/reference/{operation_id}": Sample("SELECT 'post-movements'"),
    },
    "handouts": {
        "/generate/{packet_id}": Sample("SELECT 'pkt_11'"),
        "/packets/{packet_id}": Sample("SELECT 'pkt_01'"),
        "/patient-codes/{code_id}": Sample("SELECT 'pco_01'"),
        "/templates/{template_id}": Sample("SELECT 'tpl_acne_plan'"),
        "/templates/{template_id}/edit": Sample("SELECT 'tpl_scabies'"),
        "/templates/{template_id}/facts": Sample("SELECT 'tpl_scabies'"),
        "/templates/{template_id}/rules": Sample("SELECT 'tpl_scabies'"),
        "/templates/{template_id}/add-section": Sample("SELECT 'tpl_scabies'", query="?type=checklist"),
        "/templates/{template_id}/sections/{section_id}": Sample("SELECT 'tpl_scabies', 'what'"),
        "/reference/{operation_id}": Sample("SELECT 'post-packets'"),
    },
    "showcase": {
        "/c/{slug}": Sample("SELECT 'data-table'"),
        "/c/{slug}/play": Sample("SELECT 'button'"),
        "/c/{slug}/review": Sample("SELECT 'button'"),
        "/patterns/{slug}": Sample("SELECT 'form'"),
        "/reference/{operation_id}": Sample("SELECT 'get-components'"),
    },
    "auth": {
        "/auth/sign-in": Sample(person=None),
    },
}
NO_PAGES: Mapping[str, Mapping[str, str]] = {
    "management": {"/requests/{ticket_number}/attachments/{attachment_id}": "a file"},
    "handouts": {
        "/packets/{packet_id}/pdf": "a file",
        "/packets/{packet_id}/drawing": "a live topic",
        "/jobs/{job_id}": "the library's own; tests/platform/heavy opens it",
        "/jobs/{job_id}/files/{position}": "a file",
    },
    "showcase": {"/portrait.svg": "a picture", "/reviews/csv": "a file"},
    "inventory": {
        "/manifest.webmanifest": "a manifest",
        "/items/{item_id}/photo/{upload_id}": "a picture",
        "/safety/{sheet_id}/document/{upload_id}": "a file",
    },
    "auth": {
        "/auth/oidc/sign-in": "leads to the provider",
        "/auth/oidc/callback": "leads on to the portal; what it refuses is told in tests/platform/auth",
        "/auth/second-factor/set-up": "leads back unless a set-up was begun; has tests of its own",
        "/auth/step-up": "leads to the set-up unless there is a second factor; has them too",
    },
}
_WRONG_BLANKS = {
    "type": "fields",
    "lock_version": "1",
    "content": "{{often}}",
    "fields.0.type": "select",
    "fields.0.id": "often",
    "fields.0.options": "once",
    "fields.1.type": "number",
}
STATES = (
    PageCase("/handouts/failures", Sample(query="?on=2020-01-01")),
    PageCase("/requests", Sample(person="usr_tia")),
    PageCase("/requests", Sample(query="?status=denied", person="usr_sam")),
    PageCase("/requests/new/time_off_request"),
    PageCase("/requests/new/punch_fix"),
    PageCase("/requests/new/change_of_availability"),
    PageCase("/requests/new/meeting_request"),
    PageCase("/requests/new/expense_reimbursement"),
    PageCase("/requests/new/impact_filter"),
    PageCase("/requests/new/expense_reimbursement", Sample(form={"client_ref": "pages"}, status=400)),
    PageCase("/notifications", Sample(person="usr_quin")),
    PageCase("/notifications", Sample(person="usr_max")),
    PageCase("/directory", Sample(query="?search=nobody+is+called+so")),
    PageCase("/directory/{id}/edit", Sample("SELECT 'usr_wes'", form={"phone": "x"}, status=400)),
    PageCase("/calendar", Sample(query="?month=2020-01", person="usr_pat")),
    PageCase("/reports", Sample(query="?from=2026-02-01&to=2026-01-01", status=400)),
    PageCase("/showcase/", Sample(query="?search=nothing+is+called+so")),
    PageCase("/showcase/c/button", Sample(query="?theme=dark&width=320")),
    PageCase("/showcase/c/button/play", Sample(query="?variant=purple", status=422)),
    PageCase("/showcase/tokens", Sample(query="?fg=blue&bg=%23ffffff", status=422)),
    *(
        PageCase("/showcase/patterns/{slug}", Sample(f"SELECT '{slug}'"))
        for slug in ("confirm", "table", "empty", "loading", "flash", "live")
    ),
    PageCase("/requests/new/change_of_availability", Sample(form={"client_ref": "pages"}, status=400)),
    PageCase("/requests/{n}", Sample(_TICKET.format("usr_tia", "open"), "usr_tia")),
    PageCase("/inventory/items", Sample(query="?search=nothing+is+called+so", person="usr_tia")),
    PageCase("/inventory/items", Sample(query="?status=low")),
    PageCase("/inventory/items/{id}/receive", Sample(_ITEM, form={"quantity": "x"}, status=400)),
    PageCase("/inventory/items/{id}/photo", Sample(_ITEM, form={"version": "1"}, status=400)),
    PageCase(
        "/inventory/safety/{id}/document",
        Sample("SELECT id FROM safety_sheets LIMIT 1", form={"version": "1"}, status=400),
    ),
    PageCase(
        "/inventory/orders/{id}/receive",
        Sample("SELECT 'ord_9'", form={"scan": "NOPE-9", "add": ""}, status=404),
    ),
    PageCase("/inventory/items/{id}/movements/{kind}", Sample(_CONTROLLED.format("adjustment"))),
    PageCase(
        "/inventory/items/{id}/movements/{kind}",
        Sample(_CONTROLLED.format("waste"), form={"quantity": "0"}, status=400),
    ),
    PageCase("/inventory/items/new", Sample(form={"sku": "A B"}, status=400)),
    PageCase("/inventory/stock", Sample(query="?search=nothing+is+called+so", person="usr_tia")),
    PageCase("/inventory/reports", Sample(query="?days=7&location_id=loc_py")),
    PageCase(
        "/inventory/items/import",
        Sample(form={"text": "sku,name,category,stock_unit\nA B,,other,box"}, status=400),
    ),
    PageCase(
        "/inventory/items/import",
        Sample(
            form={"text": "sku,name,category,stock_unit\nGLV-NIT-M,Gloves,other,box\nNEW-1,New,other,box"}
        ),
    ),
    PageCase("/inventory/scan", Sample(query="?code=099999000016")),
    PageCase("/inventory/scan", Sample(query="?code=NOPE-9", status=404)),
    PageCase("/inventory/counts", Sample(query="?status=cancelled", person="usr_tia")),
    PageCase("/inventory/counts/new", Sample(form={"count_type": "cycle"}, status=400)),
    PageCase("/inventory/counts/{id}", Sample("SELECT 'cnt_open'", query="?cancel=true")),
    PageCase(
        "/inventory/counts/{id}",
        Sample("SELECT 'cnt_open'", form={"quantity": "x", "mode": "add"}, status=400),
    ),
    PageCase("/inventory/counts/{id}/review", Sample("SELECT 'cnt_open'")),
    PageCase("/inventory/counts/{id}/review", Sample("SELECT 'cnt_posted'")),
    PageCase(
        "/inventory/counts/{id}/decide", Sample("SELECT 'cnt_review'", form={"version": "1"}, status=400)
    ),
    PageCase("/inventory/transfers/new", Sample(form={"from_location_id": "loc_aa"}, status=400)),
    PageCase("/inventory/transfers/{id}", Sample("SELECT 'trf_moving'")),
    PageCase("/inventory/transfers/{id}", Sample("SELECT 'trf_received'")),
    PageCase(
        "/inventory/transfers/{id}/lines", Sample("SELECT 'trf_draft'", form={"version": "1"}, status=400)
    ),
    PageCase("/inventory/reorder", Sample(form={"packs.itm_1": "x"}, status=400)),
    PageCase("/inventory/orders", Sample(query="?status=cancelled", person="usr_pat")),
    PageCase("/inventory/orders/new", Sample(form={"location_id": "loc_aa"}, status=400)),
    PageCase("/inventory/orders/{id}", Sample("SELECT 'ord_2'")),
    PageCase("/inventory/orders/{id}", Sample("SELECT 'ord_4'")),
    PageCase("/inventory/orders/{id}", Sample("SELECT 'ord_5'")),
    PageCase("/inventory/orders/{id}", Sample("SELECT 'ord_9'")),
    PageCase("/inventory/orders/{id}/lines", Sample("SELECT 'ord_1'", form={"version": "1"}, status=400)),
    PageCase("/inventory/orders/{id}/submit", Sample("SELECT 'ord_7'", form={"version": "1"}, status=400)),
    PageCase("/inventory/orders/{id}/cancel", Sample("SELECT 'ord_1'", form={"version": "1"}, status=400)),
    PageCase(
        "/inventory/orders/{id}/receive", Sample("SELECT 'ord_9'", form={"packs.ord_9-1.0": ""}, status=400)
    ),
    PageCase("/inventory/orders/{id}/receive", Sample("SELECT 'ord_1'")),
    *(
        PageCase("/handouts/packets/{id}", Sample(f"SELECT '{packet}'"))
        for packet in ("pkt_04", "pkt_05", "pkt_08", "pkt_09", "pkt_12")
    ),
    PageCase("/handouts/packets/{id}/revoke", Sample("SELECT 'pkt_01'", form={"reason": "x"}, status=400)),
    PageCase(
        "/handouts/packets/{id}/deliveries", Sample("SELECT 'pkt_02'", form={"channel": "sms"}, status=400)
    ),
    PageCase("/handouts/new", Sample(form={"kind": "manual", "birth_date": "2090-01-01"}, status=400)),
    PageCase(
        "/handouts/packets/{id}/consents", Sample("SELECT 'pkt_01'", form={"channel": "sms"}, status=400)
    ),
    PageCase("/handouts/reports", Sample(query="?from=2019-01-01&to=2019-01-31")),
    PageCase("/handouts/reports", Sample(query="?from=2026-02-01&to=2026-01-01", status=400)),
    PageCase("/handouts/patient-codes", Sample(form={"mrn": "12"}, status=400)),
    PageCase("/handouts/patient-codes/{id}", Sample("SELECT 'pco_04'")),
    PageCase("/handouts/history", Sample(form={"name": "nobody is called so"})),
    PageCase("/handouts/history", Sample(form={"from": "2026-02-01", "to": "2026-01-01"}, status=400)),
    PageCase("/handouts/generate/{id}", Sample("SELECT 'pkt_11'", form={"template": "x"}, status=400)),
    PageCase("/handouts/templates", Sample(query="?search=nothing+is+called+so", person="usr_pat")),
    PageCase("/handouts/templates/{id}", Sample("SELECT 'tpl_wound_2'")),
    PageCase("/handouts/templates/{id}", Sample("SELECT 'tpl_sun'", query="?archive=true")),
    PageCase("/handouts/templates/{id}", Sample("SELECT 'tpl_cryo'", person="usr_mia")),
    PageCase(
        "/handouts/templates/{id}/reject",
        Sample("SELECT 'tpl_wound_2'", form={"lock_version": "1"}, status=400),
    ),
    PageCase("/handouts/templates/{id}/edit", Sample("SELECT 'tpl_sun'", status=409)),
    PageCase("/handouts/templates/new", Sample(form={"language": "en"}, status=400)),
    PageCase(
        "/handouts/templates/{id}/facts", Sample("SELECT 'tpl_scabies'", form={"name": "x"}, status=400)
    ),
    PageCase(
        "/handouts/templates/{id}/rules",
        Sample("SELECT 'tpl_scabies'", form={"rules.0.field": "Not a name"}, status=400),
    ),
    PageCase("/handouts/templates/{id}/add-section", Sample("SELECT 'tpl_scabies'", query="?type=fields")),
    PageCase(
        "/handouts/templates/{id}/add-section",
        Sample("SELECT 'tpl_scabies'", form=_WRONG_BLANKS, status=400),
    ),
    PageCase(
        "/handouts/templates/{id}/add-section",
        Sample("SELECT 'tpl_scabies'", form={"type": "checklist", "lock_version": "1", "do.add-item": ""}),
    ),
    PageCase("/kiosk"),  # not in service
    PageCase("/nowhere", Sample(status=404)),
    PageCase(
        "/requests/{n}/status", Sample(_TICKET.format("usr_pat", "open"), form={"version": "x"}, status=400)
    ),
)
