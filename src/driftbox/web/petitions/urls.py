"""Addresses of the petition pages for residents, and of the reasons for a day."""

from django.urls import path

from driftbox.web.petitions import tell, views

app_name = "petitions"
urlpatterns = [
    path("petition/", tell.tell, name="tell"),
    path("petition/<uuid:docket>/receipt/", views.receipt, name="receipt"),
    path("petition/<uuid:docket>/review/", views.review, name="review"),
    path("why/<uuid:docket>/<slug:clock>/", views.why, name="why"),
]
