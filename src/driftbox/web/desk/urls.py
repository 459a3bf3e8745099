"""Addresses of the window console."""

from django.urls import path

from driftbox.web.desk import arrivals, carry, custody, nodes, notices, petition, petition_beside, recognise, views
from driftbox.web.desk.boats import boats
from driftbox.web.desk.call import call
from driftbox.web.desk.deposit import deposit_by_phone
from driftbox.web.desk.petition_register import petition as register_petition
from driftbox.web.desk.words import settle, words

app_name = "desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("call/", call, name="call"),
    path("find/", views.find, name="find"),
    path("boats/", boats, name="boats"),
    path("words/", words, name="words"),
    path("words/<int:row>/", settle, name="word"),
    path("petitions/", register_petition, name="petition"),
    path("arrivals/", arrivals.arrivals, name="arrivals"),
    path("arrivals/release/", arrivals.release, name="release"),
    path("arrivals/alarms/<int:row>/", arrivals.alarm_seen, name="alarm_seen"),
    path("carry/", carry.carry, name="carry"),
    path("carry/<str:node>/", carry.make, name="carry_make"),
    path("nodes/", nodes.page, name="nodes"),
    path("nodes/meet/", nodes.meet, name="nodes_meet"),
    path("nodes/code/", nodes.code, name="nodes_code"),
    path("nodes/<str:node>/revoke/", nodes.revoke, name="nodes_revoke"),
    path("outbox/", views.outbox_page, name="outbox"),
    path("outbox/again/", views.texts_again, name="texts_again"),
    path("cases/<uuid:docket>/", views.case, name="case"),
    path("cases/<uuid:docket>/late/", arrivals.late_seen, name="late_seen"),
    path("cases/<uuid:docket>/checklist/", views.give, name="checklist"),
    path("cases/<uuid:docket>/act/<str:kind>/", views.act, name="act"),
    path("cases/<uuid:docket>/do/<str:kind>/", petition.act, name="petition_act"),
    path("cases/<uuid:docket>/review/", petition_beside.review, name="petition_review"),
    path("cases/<uuid:docket>/petition/", petition_beside.become, name="petition_from"),
    path("cases/<uuid:docket>/aid/", petition_beside.aid, name="petition_aid"),
    path("cases/<uuid:docket>/deposit/", deposit_by_phone, name="deposit"),
    path("cases/<uuid:docket>/list/", views.print_list, name="list"),
    path("cases/<uuid:docket>/notices/issue/<str:kind>/", notices.issue, name="notice_issue"),
    path("cases/<uuid:docket>/notices/preview/<str:kind>/", notices.preview, name="notice_preview"),
    path("cases/<uuid:docket>/notices/consent/", notices.consent, name="notice_consent"),
    path("cases/<uuid:docket>/notices/<str:serial>/", notices.sheet, name="notice"),
    path("cases/<uuid:docket>/notices/<str:serial>/proof/", notices.proof, name="notice_proof"),
    path("cases/<uuid:docket>/notices/<str:serial>/serve/", notices.serve, name="notice_serve"),
    path("cases/<uuid:docket>/read/", recognise.send, name="read"),
    path("cases/<uuid:docket>/read/<uuid:photo>/", recognise.photo, name="photo"),
    path("cases/<uuid:docket>/custody/", custody.case, name="case_custody"),
    path("cases/<uuid:docket>/custody/pdf/", custody.case_pdf, name="case_custody_pdf"),
    path("cases/<uuid:docket>/custody/epcis/", custody.case_epcis, name="case_custody_epcis"),
    path("boxes/<str:label>/custody/", custody.box, name="box_custody"),
    path("boxes/<str:label>/custody/pdf/", custody.box_pdf, name="box_custody_pdf"),
    path("boxes/<str:label>/custody/epcis/", custody.box_epcis, name="box_custody_epcis"),
    path("cases/<uuid:docket>/papers/<str:digest>/", views.paper, name="paper"),
]
